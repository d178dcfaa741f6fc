import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import document from "../../apps/api/openapi.json" with { type: "json" };
import { type Operation, readDocument } from "../harness/documented.ts";
import { described, type Known, nearly, strange } from "../harness/fuzz-values.ts";
import { old } from "../harness/old-data-folder.ts";
import { type Credential, credentials, knownBy, openTwoTenants, type TwoTenants } from "../harness/two-tenants.ts";
import { password } from "../harness/visitor.ts";

/** A longer search: TOUCHSTONE_FUZZ_CASES=5000 TOUCHSTONE_FUZZ_SEED=$RANDOM npx vitest run … */
const cases = Number(process.env.TOUCHSTONE_FUZZ_CASES ?? 200);
const seed = Number(process.env.TOUCHSTONE_FUZZ_SEED ?? 14);

const { operations, schemas, faultOf } = readDocument(document);

/** Requests under way together: they meet each other's locks too. */
const atOnce = 8;
/** Answers given before a handler is asked: unreadable, by nobody, not by them, of another type. */
const atTheDoor: readonly number[] = [400, 401, 403, 415];

let tenants: TwoTenants;
let ids: Known["ids"];
beforeAll(async () => {
  tenants = await openTwoTenants();
  const some = await tenants.ids();
  ids = { ...some, lease: [...(some.lease ?? []), old.held.leaseId, old.held.leaseId] };
});
afterAll(() => tenants?.api.close());

const words = [
  ...["Harbour answers", "reward", "loss", "a", "chosen", "rejected", "prompt", "en", "zh", "0", "1", "50"],
  ...["orla@workshop.example.org", "ada@second.example.org", old.held.leaseToken],
];
const passwords = [password, "a password of the old version", "short"];
const fitting = {
  token: [old.openLink, old.invitation].map((path) => path.split("/").at(-1) ?? ""),
  leaseToken: [old.held.leaseToken, old.held.leaseToken, "x".repeat(43)],
  ...{ password: passwords, present: passwords, next: passwords },
};

interface Asked {
  who: number;
  credential: Credential;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  payload?: { type: string; content: string | Buffer } | undefined;
}

/** Requests that are mostly what the document describes, by whoever may or may not make them. */
function asked(operation: Operation): fc.Arbitrary<Asked> {
  const known: Known = { ids, words, fitting, schemas };
  const named = (where: string) => {
    const fields = operation.parameters.filter((parameter) => parameter.in === where);
    const noun = operation.path.split("/")[2];
    const record = fields.map(
      ({ name, schema }) => [name, described(schema, known, name === "id" ? noun : name)] as const,
    );
    const requiredKeys = fields.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(Object.fromEntries(record), { requiredKeys });
  };
  const query = named("query");
  return fc.record({
    who: fc.nat(tenants.members.length - 1),
    credential: fc.constantFrom(...credentials),
    path: fc.oneof(
      { weight: 6, arbitrary: named("path") },
      strange.map((id) => ({ id, token: id })),
    ),
    query: fc.oneof(
      { weight: 4, arbitrary: query },
      nearly(query).map((value) => Object(value)),
    ),
    payload: payloadOf(operation, known),
  });
}

function payloadOf({ requestBody }: Operation, known: Known): fc.Arbitrary<Asked["payload"]> {
  const types = Object.entries(requestBody?.content ?? {});
  if (types.length === 0) return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, odd);
  const bodies = types.map(([type, { schema }]): fc.Arbitrary<Asked["payload"]> => {
    if (type !== "application/json") return rows.map((content) => ({ type, content }));
    return nearly(described(schema ?? {}, known)).map((value) => ({ type, content: JSON.stringify(value) ?? "" }));
  });
  return fc.oneof({ weight: 12, arbitrary: fc.oneof(...bodies) }, odd);
}

/** Bodies that are no JSON, or of another type. */
const odd = fc.constantFrom<Asked["payload"][]>(
  { type: "application/json", content: '{"name": "cut o' },
  { type: "application/json", content: "[".repeat(3_000) },
  { type: "application/json", content: '{"a":1,"a":2}' },
  { type: "application/json", content: '{"__proto__": {"role": "admin"}, "name": "x"}' },
  { type: "application/json", content: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
  { type: "text/plain", content: "name=x" },
  { type: "application/x-www-form-urlencoded", content: "name=x&role=admin" },
  { type: "multipart/form-data; boundary=x", content: "--x--" },
  { type: "application/json", content: "" },
);

const row = fc.oneof(
  fc.record({ prompt: fc.string(), chosen: fc.string(), rejected: fc.string() }),
  fc.record({ prompt: fc.string(), completions: fc.array(fc.string(), { maxLength: 3 }) }),
  fc.jsonValue({ maxDepth: 2 }),
);
const rows = fc.oneof(
  fc.array(row, { maxLength: 5 }).map((list) => list.map((each) => `${JSON.stringify(each)}\n`).join("")),
  fc.array(row, { maxLength: 5 }).map((list) => gzipSync(list.map((each) => `${JSON.stringify(each)}\n`).join(""))),
  fc.string().map((text) => gzipSync(text).subarray(0, -4)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    "",
    "\n\n",
    '{"prompt":"\\u0000","chosen":"a","rejected":"b"}\n',
    `{"a":${"[".repeat(2_000)}\n`,
    "a,b\n1,2\n",
  ),
);

const inAddress = (value: unknown) => encodeURIComponent(toText(value));
const toText = (value: unknown) =>
  (typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value)).toWellFormed();

/** Sends one request. @returns what the document would not have its answer say. */
async function send(operation: Operation, request: Asked, known: ReturnType<typeof knownBy>) {
  const { who, credential, path, query, payload } = request;
  const member = tenants.members[who];
  if (!member) throw new Error("There is no such member.");
  const place = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inAddress(path[name]) || "x");
  const search = Object.entries(query).map(([name, value]) => `${inAddress(name)}=${inAddress(value)}`);
  const response = await tenants.api.server.inject({
    method: operation.method,
    url: search.length > 0 ? `${place}?${search.join("&")}` : place,
    headers: {
      ...(await known.headers(member, credential)),
      ...(payload ? { "content-type": payload.type } : {}),
    },
    ...(payload ? { payload: payload.content } : {}),
  });
  // It may have ended the session or the token that others go on using; who has none is always refused.
  if (response.statusCode === 401 && credential !== "nothing" && credential !== "forged") known.forget();
  return { status: response.statusCode, fault: faultOf(operation, response)?.slice(0, 500) };
}

/** Of a name, so that a route that is added changes nothing of the search through the others. */
const numberOf = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);

describe("whatever is sent to", () => {
  it.each(operations)("$operationId, no answer is a 5xx, off its schema or undocumented", async (operation) => {
    await tenants.tidy();
    const known = knownBy(tenants.api.server.database);
    const answered = new Set<number>();
    const together = fc.array(asked(operation), { minLength: atOnce, maxLength: atOnce });
    const property = fc.asyncProperty(together, async (requests) => {
      const answers = await Promise.all(requests.map((request) => send(operation, request, known)));
      for (const { status } of answers) answered.add(status);
      expect(answers.map(({ fault }) => fault ?? "documented")).toEqual(answers.map(() => "documented"));
    });
    await fc.assert(property, {
      numRuns: Math.ceil(cases / atOnce),
      seed: seed + numberOf(operation.operationId),
      endOnFailure: true,
    });
    // A search that never gets past the door finds nothing. A socket is no answer that can be sent here.
    // Behind it a wrong value is a 422, and a 400 where programs know OpenAI's shape.
    const door = operation.path.startsWith("/v1/") ? atTheDoor.filter((status) => status !== 400) : atTheDoor;
    const behind = [...answered].filter((status) => !door.includes(status));
    expect(behind.length > 0 || operation.operationId === "openSocket", `${[...answered]}`).toBe(true);
  });
});
