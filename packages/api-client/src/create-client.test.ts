import { contractVersion, contractVersionHeader, Problem, routes } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { createClient } from "./create-client.ts";
import { ApiError, ConnectionError, isProblem } from "./errors.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";
const otherId = "0195d2a0-0000-7000-8000-000000000002";
const session = {
  member: { id, name: "Ada", email: "ada@example.org", role: "admin" },
  workspace: { id, name: "Demo" },
  workspaces: [{ id, name: "Demo", role: "admin" }],
  csrfToken: "fresh-token",
};
const problem = (code: string, status: number) => ({
  type: "about:blank",
  code,
  title: "t",
  status,
  detail: "d",
  requestId: "req-1",
});

/** Answers in order, and remembers what was asked. */
function server(...answers: { status: number; body?: unknown; version?: string }[]) {
  const asked: { method: string; url: string; csrf: string | null; authorization: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(new URL(String(input), "http://localhost"), init);
    const text = await request.text();
    asked.push({
      method: request.method,
      url: request.url.replace("http://localhost", ""),
      csrf: request.headers.get("x-csrf-token"),
      authorization: request.headers.get("authorization"),
      body: text ? JSON.parse(text) : undefined,
    });
    const next = answers.shift();
    if (!next) throw new TypeError("network away");
    const answer = { status: next.status, headers: { [contractVersionHeader]: next.version ?? contractVersion } };
    return next.body === undefined ? new Response(null, answer) : Response.json(next.body, answer);
  };
  const others = { met: 0, members: 0 };
  const onOtherVersion = () => {
    others.met += 1;
  };
  const onOtherMember = () => {
    others.members += 1;
  };
  return { asked, others, fetch, client: createClient({ baseUrl: "", fetch, onOtherVersion, onOtherMember }) };
}

describe("createClient", () => {
  it("has everybody's calls as its own, so that a copy has them, and no call by which it would be taken for a promise", async () => {
    const { client, asked } = server({ status: 200, body: { items: [] } });
    const copy = { ...client };
    await copy.listWork();
    expect(asked[0]?.url).toBe("/api/work");
    expect(await client).toBe(client);
    // As somebody may write it who has no compiler.
    const misspelt: () => Promise<unknown> = Reflect.get(client, "misspelt");
    await expect(misspelt()).rejects.toThrow("The API has no call named misspelt.");
  });

  it("fills the path and leaves absent query values out", async () => {
    const { asked, client } = server({ status: 200, body: { items: [], next: null } });
    await client.listRuns({ params: { id }, query: { limit: 5, cursor: undefined } });
    expect(asked[0]?.url).toBe(`/api/projects/${id}/runs?limit=5`);
  });

  it("fetches the CSRF token before the first request that changes something, and sends it", async () => {
    const { asked, client } = server({ status: 200, body: session }, { status: 204 });
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    expect(asked.map((one) => [one.method, one.csrf])).toEqual([
      ["GET", null],
      ["POST", "fresh-token"],
    ]);
  });

  it("sends an API token with every request, and asks for no CSRF token then", async () => {
    const { asked, fetch } = server({ status: 204 }, { status: 200, body: { items: [], next: null } });
    const client = createClient({ baseUrl: "", fetch, apiToken: "ts_secret" });
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    await client.listRuns({ params: { id } });
    expect(asked.map((one) => [one.method, one.csrf, one.authorization])).toEqual([
      ["POST", null, "Bearer ts_secret"],
      ["GET", null, "Bearer ts_secret"],
    ]);
  });

  it("takes a new token once when the old one was refused", async () => {
    const { asked, client } = server(
      { status: 200, body: { ...session, csrfToken: "stale-token" } },
      { status: 403, body: problem("csrf_failed", 403) },
      { status: 200, body: session },
      { status: 204 },
    );
    await client.getSession();
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    expect(asked.map((one) => one.csrf)).toEqual([null, "stale-token", null, "fresh-token"]);
  });

  it("sends nothing under the name of somebody else who has signed in meanwhile, until the page has asked who it is", async () => {
    const { asked, others, client } = server(
      { status: 200, body: { ...session, csrfToken: "stale-token" } },
      { status: 403, body: problem("csrf_failed", 403) },
      { status: 200, body: { ...session, member: { ...session.member, id: otherId, name: "Bert" } } },
      { status: 403, body: problem("csrf_failed", 403) },
      { status: 200, body: { ...session, member: { ...session.member, id: otherId, name: "Bert" } } },
      { status: 200, body: { ...session, member: { ...session.member, id: otherId, name: "Bert" } } },
      { status: 204 },
    );
    await client.getSession();
    const release = () => client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    await expect(release()).rejects.toMatchObject({ code: "csrf_failed" });
    await expect(release()).rejects.toMatchObject({ code: "csrf_failed" });
    expect(others.members).toBe(2);
    expect((await client.getSession()).member.name).toBe("Bert");
    await release();
    const posts = asked.filter(({ method }) => method === "POST").map(({ csrf }) => csrf);
    expect(posts).toEqual(["stale-token", "stale-token", "fresh-token"]);
  });

  it("sends what a member did under no other member's session, even once the page has asked whose it is", async () => {
    const { asked, client } = server({ status: 200, body: session }, { status: 204 });
    await client.getSession();
    const release = (as: string) =>
      client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } }, { as });
    await expect(release(otherId)).rejects.toMatchObject({ code: "csrf_failed" });
    await release(session.member.id);
    expect(asked.map(({ method, csrf }) => [method, csrf])).toEqual([
      ["GET", null],
      ["POST", "fresh-token"],
    ]);
  });

  it("throws the problem's code, request id and whether a retry can help", async () => {
    const { client } = server({ status: 503, body: problem("unavailable", 503) });
    const error = await client.getSession().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "unavailable", requestId: "req-1", retry: true });
  });

  it("says once that the API is of another version, and goes on", async () => {
    const { client, others } = server(
      { status: 200, body: session },
      { status: 200, body: session, version: "of-tomorrow" },
      { status: 200, body: { ...session, more: 1 }, version: "of-tomorrow" },
    );
    await client.getSession();
    expect(others.met).toBe(0);
    await client.getSession();
    await expect(client.getSession()).resolves.toMatchObject(session);
    expect(others.met).toBe(1);
  });

  it("parses answers for programs that bring the route table", async () => {
    const { fetch } = server({ status: 200, body: { ...session, more: 1 } }, { status: 200, body: { member: null } });
    const client = createClient({ baseUrl: "", fetch, routes });
    await expect(client.getSession()).resolves.toEqual(session);
    await expect(client.getSession()).rejects.toThrow("member");
  });

  it("calls it a lost connection when no answer came, or one that is not the API's", async () => {
    const { client } = server({ status: 502, body: { html: true } });
    await expect(client.getSession()).rejects.toBeInstanceOf(ConnectionError);
    await expect(client.getSession()).rejects.toBeInstanceOf(ConnectionError);
  });
});

describe("isProblem", () => {
  const whole = {
    ...problem("conflict", 409),
    path: "body.name",
    issues: [{ path: "body.name", message: "too long", reason: "field.tooLong", values: { most: 3 } }],
    reason: "projectArchived",
    values: { kind: "project", left: 2 },
  };
  const bodies: unknown[] = [
    whole,
    problem("conflict", 409),
    { ...whole, more: 1 },
    ...Object.keys(whole).map((key) => ({ ...whole, [key]: undefined })),
    ...Object.keys(whole).flatMap((key) => [null, 1, "x", 0.5, [], {}].map((wrong) => ({ ...whole, [key]: wrong }))),
    { ...whole, code: "toString" },
    { ...whole, issues: [{ path: "a" }] },
    { ...whole, issues: [null] },
    { ...whole, issues: [{ path: "a", message: "b", reason: 1 }] },
    { ...whole, issues: [{ path: "a", message: "b", values: { most: [3] } }] },
    { ...whole, values: { left: null } },
    null,
    undefined,
    "conflict",
    [whole],
  ];
  it.each(bodies)("judges as the schema does: %j", (body) => {
    expect(isProblem(body)).toBe(Problem.safeParse(body).success);
  });
});
