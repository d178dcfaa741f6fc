import { randomUUID } from "node:crypto";
import { Problem, type ProblemCode } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;

beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Sends the bytes as they are and reads the answer as a problem, which it must be in every detail. */
async function problem(method: Method, url: string, payload?: string | Buffer, type = "application/json") {
  const response = await api.server.inject({
    method,
    url,
    headers: {
      cookie: admin.cookie ?? "",
      "x-csrf-token": admin.csrfToken ?? "",
      ...(payload === undefined ? {} : { "content-type": type }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  expect(response.headers["content-type"]).toBe("application/problem+json");
  const body = Problem.strict().parse(response.json());
  expect(body.status).toBe(response.statusCode);
  expect(body.requestId).toBe(response.headers["x-request-id"]);
  expect(response.body).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  return body;
}

const json = (value: unknown) => JSON.stringify(value);
const submission = (change: Record<string, unknown>) =>
  json({
    leaseId: randomUUID(),
    leaseToken: "x".repeat(32),
    idempotencyKey: randomUUID(),
    answer: { choice: "rated", score: 3 },
    timings: { visibleMs: 1, activeMs: 1 },
    client: { locale: "en", viewport: "1x1", input: "api" },
    ...change,
  });

interface Case {
  title: string;
  body: string;
  url?: string;
  status: number;
  code: ProblemCode;
  path?: string;
}

const cases: Case[] = [
  { title: "truncated JSON", body: '{"name": "Sto', status: 400, code: "malformed_json" },
  { title: "a __proto__ key", body: '{"name":"x","__proto__":{"admin":true}}', status: 400, code: "invalid_request" },
  {
    title: "a __proto__ key written with escapes",
    body: '{"name":"x","\\u005f_proto__":1}',
    status: 400,
    code: "invalid_request",
  },
  { title: "an unknown field", body: json({ name: "x", owner: "me" }), status: 400, code: "invalid_request" },
  { title: "a missing field", body: json({}), status: 400, code: "invalid_request", path: "name" },
  { title: "a field of another type", body: json({ name: 5 }), status: 400, code: "invalid_request", path: "name" },
  { title: "no object at all", body: "[]", status: 400, code: "invalid_request", path: "body" },
  { title: "a NUL in a text", body: '{"name":"a\\u0000b"}', status: 422, code: "unstorable_text", path: "name" },
  { title: "a lone surrogate", body: '{"name":"a\\ud800b"}', status: 422, code: "unstorable_text", path: "name" },
  {
    title: "a number out of its range",
    body: json({ name: "x", overlap: 0 }),
    status: 422,
    code: "invalid_value",
    path: "overlap",
  },
  {
    title: "half an annotator",
    body: json({ name: "x", overlap: 1.5 }),
    status: 422,
    code: "invalid_value",
    path: "overlap",
  },
  {
    title: "an id out of form",
    url: "/api/judgements",
    body: submission({ leaseId: "17" }),
    status: 400,
    code: "invalid_request",
    path: "leaseId",
  },
  {
    title: "a NUL in a field without a text of its own",
    url: "/api/judgements",
    body: submission({ client: { locale: "e\0n", viewport: "1x1", input: "api" } }),
    status: 422,
    code: "unstorable_text",
    path: "client.locale",
  },
];

describe("bad input", () => {
  it.each(cases)(
    "$title is answered with $status $code",
    async ({ body, url = "/api/projects", status, code, path }) => {
      const answer = await problem("POST", url, body);
      expect(answer).toMatchObject({ status, code, ...(path === undefined ? {} : { path }) });
    },
  );

  it("a role outside the list is 422 and names the allowed ones", async () => {
    const answer = await problem("POST", "/api/links", json({ kind: "invitation", role: "emperor" }));
    expect(answer).toMatchObject({ status: 422, code: "invalid_value", path: "role" });
    for (const role of ["admin", "researcher", "reviewer", "annotator"]) expect(answer.detail).toContain(role);
  });

  it("every wrong field is named, not only the first", async () => {
    const answer = await problem("POST", "/api/projects", json({ name: "", overlap: 1000, leaseSeconds: 1 }));
    expect(answer.issues?.map(({ path }) => path)).toEqual(["name", "overlap", "leaseSeconds"]);
  });

  it("a body over the limit is 413 and says the limit, whether or not it announces its length", async () => {
    const large = json({ name: "x".repeat(2_000_000) });
    const answer = await problem("POST", "/api/projects", large);
    expect(answer).toMatchObject({ status: 413, code: "body_too_large" });
    expect(answer.detail).toContain("1048576");
  });

  it.each(["text/plain", "application/xml", "multipart/form-data", "application/x-ndjson"])(
    "a body of type %s where JSON is wanted is 415 and says what is",
    async (type) => {
      const answer = await problem("POST", "/api/projects", json({ name: "x" }), type);
      expect(answer).toMatchObject({ status: 415, code: "unsupported_media_type" });
      expect(answer.detail).toContain("application/json");
    },
  );

  it("bytes that are not UTF-8 are malformed, not quietly changed", async () => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await problem("POST", "/api/projects", body)).toMatchObject({ status: 400, code: "malformed_json" });
  });

  it.each(["/api/projects/17", "/api/projects/..%2f..%2fetc", "/api/runs/%00"])(
    "%s: an id out of form is 400",
    async (url) => {
      expect(await problem("GET", url)).toMatchObject({ status: 400, code: "invalid_request", path: "params.id" });
    },
  );

  it("an unknown query parameter and a page that is no number are 400; a page too large is 422", async () => {
    expect(await problem("GET", "/api/members?where=role")).toMatchObject({ status: 400, code: "invalid_request" });
    expect(await problem("GET", "/api/members?limit=many")).toMatchObject({ status: 400, path: "query.limit" });
    expect(await problem("GET", "/api/members?cursor=';--")).toMatchObject({ status: 400, path: "query.cursor" });
    expect(await problem("GET", "/api/members?limit=100000")).toMatchObject({ status: 422, path: "query.limit" });
  });

  it("a step that no run can reach is 422", async () => {
    const answer = await problem("GET", `/api/runs/${randomUUID()}/metrics?after=2147483648`);
    expect(answer).toMatchObject({ status: 422, code: "invalid_value", path: "query.after" });
  });

  it("a path or method that is not in the table is 404", async () => {
    expect(await problem("GET", "/api/nothing")).toMatchObject({ status: 404, code: "not_found" });
    expect(await problem("DELETE", "/api/projects")).toMatchObject({ status: 404, code: "not_found" });
  });

  it("the text of an error of ours never leaves", async () => {
    const broken = await openApi({ DATABASE_URL: "postgresql://touchstone:hush@127.0.0.1:1/none" });
    try {
      const response = await broken.server.inject({
        method: "GET",
        url: "/api/projects",
        headers: { cookie: "touchstone=x" },
      });
      expect(response.statusCode).toBe(503);
      expect(response.headers["retry-after"]).toBeDefined();
      expect(response.body).not.toMatch(/127\.0\.0\.1|hush|ECONNREFUSED|prisma/i);
    } finally {
      await broken.close();
    }
  });
});
