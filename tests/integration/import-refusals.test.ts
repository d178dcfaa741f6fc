import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { createLogin, newTenant, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let projectId: string;
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  workspaceId = tenant.workspaceId;
  projectId = await newProject(admin, "refusals");
});
afterAll(() => api.close());

/** How many rows of each kind an import could have left. */
async function leftovers() {
  const [row] = await api.server.database.$queryRaw<Record<string, bigint>[]>`
    SELECT (SELECT count(*) FROM prompt) AS prompts, (SELECT count(*) FROM completion) AS completions,
      (SELECT count(*) FROM task) AS tasks, (SELECT count(*) FROM lease) AS leases,
      (SELECT count(*) FROM judgement) AS judgements, (SELECT count(*) FROM member) AS members,
      (SELECT count(*) FROM import) AS imports, (SELECT count(*) FROM journal) AS journal`;
  return row;
}

const good = { prompt: "p", chosen: "a", rejected: "b", annotator: "w" };
const lines = (...rows: (object | string)[]) =>
  Buffer.from(rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""));
const columns = (mapping: object) => ({ format: "columns", mapping: JSON.stringify(mapping) });
// Each mapping names only what the rows beside it have: a name that no row has is an error of its own.
const pair = { prompt: "q", aId: "x", bId: "y", votes: { columns: ["v"] } };
const clustered = { ...pair, cluster: "c" };
const listed = { prompt: "q", aId: "x", bId: "y", votes: { list: "v", annotator: "who", value: "said" } };
const votes = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({ who: `${name}${index}`, said: "a" }));
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const trl = { format: "trl-preference" };

describe("an import that is refused", () => {
  it.each<[string, Record<string, string>, Buffer, number, string, RegExp]>([
    [
      "a bad last line",
      trl,
      lines(...Array(500).fill(good), '{"prompt":'),
      422,
      "invalid_line",
      /Line 501: is not valid JSON/,
    ],
    [
      "a missing field",
      trl,
      lines(good, { prompt: "p", chosen: "a" }),
      422,
      "invalid_line",
      /Line 2, rejected: is missing/,
    ],
    ["NUL in a text", trl, lines({ ...good, chosen: "a\0" }), 422, "invalid_line", /Line 1, chosen: contains a NUL/],
    ["half a surrogate pair", trl, lines({ ...good, chosen: "\ud800" }), 422, "invalid_line", /surrogate/],
    [
      "GBK that lacks a column, read as such",
      trl,
      Buffer.from("7b2270726f6d7074223a22ccecbfd5cac7cab2c3b4d1d5c9aba3acc0b6c9abb5c4ccecbfd5227d", "hex"),
      422,
      "invalid_line",
      /Line 1, chosen: is missing/,
    ],
    ["a file without rows", trl, lines("", ""), 422, "invalid_line", /no rows/],
    ["a cut-off gzip", trl, gzipSync(lines(good)).subarray(0, 30), 422, "invalid_line", /damaged or cut off/],
    ["a gzip bomb", trl, gzipSync(Buffer.alloc(60_000_000, "\n")), 413, "body_too_large", /200 times/],
    ["an unknown format", { format: "csv" }, lines(good), 422, "invalid_value", /./],
    ["no mapping", { format: "columns" }, lines(good), 422, "invalid_mapping", /needs a mapping/],
    [
      "a mapping that does not fit",
      columns({ ...pair, prompt: "nope" }),
      lines({ q: "p" }),
      422,
      "invalid_mapping",
      /no column “nope”/,
    ],
    [
      "a vote that means nothing",
      columns(pair),
      lines({ q: "p", x: "1", y: "2", v: "perhaps" }),
      422,
      "invalid_mapping",
      /v is “perhaps”, which is none of the values/,
    ],
    [
      "a score off the scale",
      columns({ prompt: "q", completion: "t", score: "s" }),
      lines({ q: "p", t: "a", s: 9 }),
      422,
      "invalid_line",
      /Line 1, s: must be a whole number from 1 to 5/,
    ],
    [
      "one answer with two texts",
      columns({ ...pair, a: "xt", b: "yt" }),
      lines({ q: "p", x: "1", xt: "A", y: "2", yt: null, v: "a" }, { q: "p", x: "1", xt: "other", y: "3" }),
      422,
      "invalid_line",
      /Line 2, x: answer “1” of this prompt has another text already \(line 1\)/,
    ],
    [
      "one prompt in two clusters",
      columns(clustered),
      lines({ q: "p", x: "1", y: "2", c: "one", v: "a" }, { q: "p", x: "1", y: "3", c: "two" }),
      422,
      "invalid_line",
      /Line 2, c: this prompt is in cluster “one” already \(line 1\)/,
    ],
    [
      "one cluster in two splits",
      columns({ ...clustered, split: "s" }),
      lines({ q: "p", x: "1", y: "2", c: "one", v: "a", s: "train" }, { q: "o", x: "1", y: "2", c: "one", s: "test" }),
      422,
      "invalid_line",
      /Line 2, s: cluster “one” lies in train already \(line 1\) and cannot be in test too.*Give all rows of the cluster the same split/,
    ],
    [
      "one prompt in two splits, no cluster named",
      columns({ ...pair, split: "s" }),
      lines({ q: "p", x: "1", y: "2", v: "a", s: "train" }, { q: "p", x: "1", y: "3", s: "test" }),
      422,
      "invalid_line",
      /Line 2, s: this prompt lies in train already \(line 1\) and cannot be in test too.*Give all rows of the prompt the same split/,
    ],
    [
      "a split nested as deep as a stack goes",
      columns({ ...pair, split: "s" }),
      lines(`{"q":"p","x":"1","y":"2","v":"a","s":${nested(50_000)}}`),
      422,
      "invalid_line",
      /Line 1: is nested more than 500 deep/,
    ],
    [
      "a split nested as deep as is read",
      columns({ ...pair, split: "s" }),
      lines(`{"q":"p","x":"1","y":"2","v":"a","s":${nested(490)}}`),
      422,
      "invalid_line",
      /Line 1, s: must be one of/,
    ],
    [
      "a vote nested as deep as a stack goes",
      columns(pair),
      lines(`{"q":"p","x":"1","y":"2","v":${nested(50_000)}}`),
      422,
      "invalid_line",
      /Line 1: is nested more than 500 deep/,
    ],
    [
      "a vote that is an object with a toString of its own",
      columns(pair),
      lines({ q: "p", x: "1", y: "2", v: { toString: 1, valueOf: 2 } }),
      422,
      "invalid_mapping",
      /v is “{"toString":1,"valueOf":2}”, which is none of the values/,
    ],
    [
      "a score that is an object with a toString of its own",
      columns({ prompt: "q", completion: "t", score: "s" }),
      lines({ q: "p", t: "a", s: { toString: 1, valueOf: 2 } }),
      422,
      "invalid_line",
      /Line 1, s: must be a whole number from 1 to 5/,
    ],
    [
      "more votes than a task has slots",
      columns(listed),
      lines({ q: "p", x: "1", y: "2", v: votes(33_000, "w") }),
      422,
      "invalid_line",
      /Line 1: holds more votes on one task than fit: 33000 of at most 32767/,
    ],
    [
      "rows that bring one task to more votes than it has slots",
      columns(listed),
      lines({ q: "p", x: "1", y: "2", v: votes(20_000, "w") }, { q: "p", x: "1", y: "2", v: votes(20_000, "u") }),
      422,
      "invalid_line",
      /Line 1: brings more votes together on one task than fit: 40000 of at most 32767/,
    ],
    [
      "a hundred thousand answers in a row",
      columns({ prompt: "q", answers: { list: "a" } }),
      lines({ q: "p", a: Array.from({ length: 100_000 }, (_, index) => String(index)) }),
      422,
      "invalid_line",
      /Line 1: holds more answers than fit: 100000 of at most 10000/,
    ],
  ])("leaves nothing and names the fault: %s", async (_, query, file, status, code, detail) => {
    const before = await leftovers();
    const response = await importFile(admin, projectId, query, file);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code, detail: expect.stringMatching(detail) });
    expect(await leftovers()).toEqual(before);
  });

  it("points at the column of the line that contradicts", async () => {
    const file = lines(
      { q: "p", x: "1", y: "2", c: "one", v: "a", s: "train" },
      { q: "o", x: "1", y: "2", c: "one", s: "test" },
    );
    const response = await importFile(admin, projectId, columns({ ...clustered, split: "s" }), file);
    expect(response.json()).toMatchObject({ path: "lines.2.s", issues: [{ path: "lines.2.s" }] });
  });

  it("names every column that would be lost to a script that saw no receipt, and takes the file with the receipt", async () => {
    const id = await newProject(admin, "unseen");
    const before = await leftovers();
    const rows = [{ prompt: "p", chosen: "a", rejected: "b", moon: "full", sun: "up" }];
    const refused = await importUnseen(admin, id, trl, rows);
    expect(refused.json()).toMatchObject({
      status: 422,
      code: "unconfirmed_import",
      issues: [{ path: "moon" }, { path: "sun" }],
    });
    expect(await leftovers()).toEqual(before);
    expect((await importFile(admin, id, trl, rows)).statusCode).toBe(201);
  });

  it("is of another file than the receipt that was agreed to", async () => {
    const id = await newProject(admin, "changed");
    const receipt = await receiptOf(admin, id, { ...trl, question: "preference" }, [good]);
    const { digest } = receipt.json<{ digest: string }>();
    const before = await leftovers();
    const refused = await importUnseen(admin, id, { ...trl, receipt: digest }, [{ ...good, chosen: "another" }]);
    expect(refused.json()).toMatchObject({ status: 409, code: "receipt_outdated" });
    expect(await leftovers()).toEqual(before);
    expect((await importUnseen(admin, id, { ...trl, receipt: digest }, [good])).statusCode).toBe(201);
  });

  it("leaves out the rows of a receipt only where that was ticked, and opens only the pilot", async () => {
    const id = await newProject(admin, "left out");
    const rows = [1, 2, 3, 4].map((n) => ({ prompt: `p${n}`, answer_1: "a", answer_2: n === 2 ? null : "b" }));
    const query = { format: "columns", mapping: JSON.stringify({ prompt: "prompt", a: "answer_1", b: "answer_2" }) };
    const receipt = await receiptOf(admin, id, query, rows);
    expect(receipt.json()).toMatchObject({
      counts: { rows: 4, tasks: 3, wanted: 9, badRows: 1 },
      badRows: [{ line: 2 }],
    });
    const { digest } = receipt.json<{ digest: string }>();
    expect((await importUnseen(admin, id, { ...query, receipt: digest }, rows)).json()).toMatchObject({
      code: "invalid_line",
      path: "lines.2.answer_2",
    });
    const agreed = { ...query, receipt: digest, leaveOut: "true", pilot: "2" };
    expect((await importUnseen(admin, id, agreed, rows)).json()).toMatchObject({ rows: 3, tasks: 3 });
    const tasks = await api.server.database.task.findMany({
      where: { projectId: id },
      select: { state: true, prompt: { select: { messages: true } } },
    });
    const open = tasks.filter(({ state }) => state === "open").map(({ prompt }) => JSON.stringify(prompt.messages));
    expect(open.map((text) => /p\d/.exec(text)?.[0]).sort()).toEqual(["p1", "p3"]);
  });

  it("is not found where the project is another tenant's", async () => {
    const stranger = (await newTenant(api.server, "eve@example.org")).admin;
    const response = await importFile(stranger, projectId, trl, [good]);
    expect(response.json()).toMatchObject({ status: 404, code: "not_found" });
    const exported = await stranger.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    expect(exported.json()).toMatchObject({ status: 404, code: "not_found" });
  });

  it.each(["reviewer", "annotator"] as const)("is forbidden to a %s", async (role) => {
    await createLogin(api.server.database, `${role}@example.org`, { workspaceId, role });
    const visitor = await new Visitor(api.server).signIn(`${role}@example.org`);
    expect((await importFile(visitor, projectId, trl, [good])).json()).toMatchObject({
      status: 403,
      code: "forbidden",
    });
    const exported = await visitor.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    expect(exported.json()).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("is of another content type than JSON Lines or gzip", async () => {
    const response = await admin.send("POST", `/api/projects/${projectId}/imports?format=hh`, { a: 1 });
    expect(response.json()).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  it("is of nothing at all, without a body and without a type", async () => {
    for (const path of ["imports?format=prompts", "imports/receipt"]) {
      const response = await admin.send("POST", `/api/projects/${projectId}/${path}`);
      expect(response.json()).toMatchObject({
        status: 422,
        code: "invalid_line",
        detail: expect.stringMatching(/^The file has no rows\. /),
      });
    }
  });

  it("leaves nothing when the sender goes away halfway", async () => {
    const before = await leftovers();
    const address = await api.server.listen({ port: 0, host: "127.0.0.1" });
    const sending = request(`${address}/api/projects/${projectId}/imports?format=trl-preference`, {
      method: "POST",
      headers: {
        cookie: admin.cookie ?? "",
        "x-csrf-token": admin.csrfToken ?? "",
        "content-type": "application/x-ndjson",
        "content-length": 1_000_000,
      },
    });
    sending.on("error", () => undefined);
    await new Promise((written) => sending.write(lines(...Array(100).fill(good)), written));
    // Long enough for the server to be amid reading.
    await sleep(200);
    const closed = new Promise((resolve) => sending.on("close", resolve));
    sending.destroy();
    await closed;
    await sleep(300);
    expect(await leftovers()).toEqual(before);
    expect((await importFile(admin, projectId, trl, [good])).statusCode).toBe(201);
  });
});
