import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LabelSetDetails, type LabelSetFileView } from "@touchstone/contracts";
import { LocalFileStore, takeLabelSetFile, writeLabelSetFile } from "@touchstone/persistence";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spawnApi } from "../harness/api-process.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, judgeAll, projectAsking, sendAnswers } from "../harness/asked-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";
import { writeLabelSetFiles } from "../harness/write-label-set-files.ts";

let api: TestApi;
let admin: Visitor;
let bob: Visitor;
let stranger: Visitor;
let projectId: string;
let token: string;
const rows = Array.from({ length: 6 }, (_, n) => ({ prompt: `Why ${n}?`, completions: [`Because ${n}.`, `No ${n}.`] }));
const preferring = (step: number) => () => ({ better: { choice: "graded", step } });

beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  stranger = (await newTenant(api.server, "eve@example.org")).admin;
  bob = await invite(admin, "annotator", "bob@example.org");
  projectId = await projectAsking(admin, [{ name: "better", kind: "preference" }], rows);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  await judgeAll(bob, projectId, 3, preferring(2));
  const made = await admin.send("POST", "/api/tokens", { name: "notebook", role: "researcher", expiresInDays: 1 });
  token = made.json<{ token: string }>().token;
});
afterAll(() => api.close());

async function freeze(name: string): Promise<string> {
  const made = await admin.send("POST", `/api/projects/${projectId}/label-sets`, { name, selection: { filter: {} } });
  expect(made.statusCode, made.body).toBe(200);
  return made.json<{ id: string }>().id;
}

const fileOf = (id: string, name: string) => `/api/label-sets/${id}/files/${name}`;

/** As a program asks, by a token in a header. */
const asked = (url: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") =>
  api.server.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...headers } });

async function written(id: string, name: string) {
  await admin.send("POST", `/api/label-sets/${id}/files`, { name });
  await writeLabelSetFiles(api);
  const answer = await asked(fileOf(id, name));
  expect([answer.statusCode, answer.body.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return answer;
}

const linesOf = (body: string): Record<string, unknown>[] =>
  body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const read = (bytes: Buffer) =>
  parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer });

describe("a file of a label set", () => {
  it("is refused with how far it is until it is written, by whoever asks first", async () => {
    const id = await freeze("Waiting");
    const early = await asked(fileOf(id, "ratings.parquet"));
    expect([early.statusCode, early.headers["retry-after"], early.json()]).toMatchObject([
      409,
      "5",
      { code: "conflict", reason: "labelSetFileWaiting", values: { name: "ratings.parquet" } },
    ]);
    await writeLabelSetFiles(api);
    expect((await asked(fileOf(id, "ratings.parquet"))).statusCode).toBe(200);
    for (const [name, reason] of [
      ["hh.txt", "labelSetFileUnknown"],
      ["ratings.majority.parquet", "aggregatedPairs"],
      ["ratings.margin.parquet", "marginUnread"],
    ]) {
      const refusal = await asked(fileOf(id, String(name)));
      expect([name, refusal.statusCode, refusal.json()]).toMatchObject([name, 422, { reason }]);
    }
  });

  it("holds what the export of its set holds, in any kind of file", async () => {
    const id = await freeze("Whole");
    const lines = (await admin.send("GET", `/api/label-sets/${id}/export?format=trl-preference`)).body;
    expect((await written(id, "trl-preference.jsonl")).body).toBe(lines);
    const exported = linesOf(lines);
    const table = await read((await written(id, "trl-preference.parquet")).rawPayload);
    // As JSON of a table has it: what a row leaves out is null there.
    const columns = Object.keys(table[0] ?? {}).filter((column) => column !== "created_at");
    expect(columns.length).toBeGreaterThan(10);
    // In a table each column of a turn stands, empty or not.
    const full = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, one) => one ?? undefined);
    const same = (row: Record<string, unknown>) => full(columns.map((column) => row[column] ?? "none"));
    expect(table.map(same)).toEqual(exported.map(same));
    for (const name of ["openrlhf.majority.margin.jsonl.gz", "judgements.csv", "hh.sidecar.jsonl", "judgements.zip"]) {
      const answer = await written(id, name);
      const listed = await admin.send("GET", `/api/label-sets/${id}/files`);
      const told = listed.json<{ items: LabelSetFileView[] }>().items.find((file) => file.name === name);
      expect(told).toMatchObject({
        ...{ state: "ready", bytes: answer.rawPayload.length },
        sha256: createHash("sha256").update(answer.rawPayload).digest("hex"),
      });
    }
  });

  it("is sent as HTTP has it: HEAD, ranges, its hash as ETag, and conditions on that", async () => {
    const url = fileOf(await freeze("Ranges"), "judgements.jsonl");
    const whole = await written(url.split("/")[3] ?? "", "judgements.jsonl");
    const etag = `"${createHash("sha256").update(whole.rawPayload).digest("hex")}"`;
    const size = whole.rawPayload.length;
    expect(whole.headers).toMatchObject({ etag, "accept-ranges": "bytes", "content-length": String(size) });
    const head = await asked(url, {}, "HEAD");
    expect([head.statusCode, head.body, head.headers["content-length"], head.headers.etag]).toEqual([
      ...[200, "", String(size), etag],
    ]);
    const part = await asked(url, { range: "bytes=2-9" });
    expect([part.statusCode, part.headers["content-range"], part.body]).toEqual([
      ...[206, `bytes 2-9/${size}`, whole.body.slice(2, 10)],
    ]);
    const end = await asked(url, { range: "bytes=-4" });
    expect([end.statusCode, end.rawPayload]).toEqual([206, whole.rawPayload.subarray(-4)]);
    const beyond = await asked(url, { range: `bytes=${size}-` });
    expect([beyond.statusCode, beyond.headers["content-range"]]).toEqual([416, `bytes */${size}`]);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const kept = await asked(url, { "if-none-match": known });
      expect([known, kept.statusCode, kept.body, kept.headers.etag]).toEqual([known, 304, "", etag]);
    }
    expect((await asked(url, { "if-none-match": '"other"' })).statusCode).toBe(200);
    expect((await asked(url, { range: "bytes=2-9", "if-range": etag })).statusCode).toBe(206);
    // A download that goes on with bytes of another file gets all of this one.
    const other = await asked(url, { range: "bytes=2-9", "if-range": '"other"' });
    expect([other.statusCode, other.rawPayload.length]).toEqual([200, size]);
    const headOfPart = await asked(url, { range: "bytes=2-9" }, "HEAD");
    expect([headOfPart.statusCode, headOfPart.headers["content-length"]]).toEqual([200, String(size)]);
  });

  it("is told of once for all the ranges of a download, and not to whoever only asks about it", async () => {
    const id = await freeze("Told of");
    const url = fileOf(id, "ratings.jsonl.gz");
    await admin.send("POST", `/api/label-sets/${id}/files`, { name: "ratings.jsonl.gz" });
    await writeLabelSetFiles(api);
    const opened = () => api.server.database.auditEvent.count({ where: { subject: id, action: "export.opened" } });
    const before = await opened();
    const exportsOf = async (set: string) =>
      LabelSetDetails.parse((await admin.send("GET", `/api/label-sets/${set}`)).json()).exports;
    const exportsBefore = await exportsOf(id);
    const { etag } = (await asked(url, {}, "HEAD")).headers;
    expect((await asked(url, { "if-none-match": String(etag) })).statusCode).toBe(304);
    expect((await asked(url, { range: "bytes=999999-" })).statusCode).toBe(416);
    expect(await opened()).toBe(before);
    const ranges = ["bytes=0-3", "bytes=4-7", "bytes=-2"].map((range) => asked(url, { range }));
    expect((await Promise.all(ranges)).map(({ statusCode }) => statusCode)).toEqual([206, 206, 206]);
    expect(await opened()).toBe(before + 1);
    // The set itself was not exported by that.
    expect(await exportsOf(id)).toEqual(exportsBefore);
  });

  it("is its workspace's alone, and gone with its deletion", async () => {
    const id = await freeze("Private");
    await written(id, "judgements.jsonl");
    const url = fileOf(id, "judgements.jsonl");
    for (const path of [url, `/api/label-sets/${id}`, `/api/label-sets/${id}/files`]) {
      expect([path, (await stranger.send("GET", path)).statusCode]).toEqual([path, 404]);
    }
    expect((await stranger.send("POST", `${url}/address`, {})).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${projectId}/label-sets/latest/files/hh.jsonl`)).statusCode).toBe(
      404,
    );
    expect((await api.server.inject(url)).statusCode).toBe(401);
    expect((await bob.send("GET", url)).statusCode).toBe(403);
    const { path } = await api.server.database.labelSetFile.findFirstOrThrow({
      where: { labelSetId: id, name: "judgements.jsonl" },
    });
    expect(existsSync(join(api.filesDir, String(path)))).toBe(true);
    expect((await admin.send("DELETE", url)).statusCode).toBe(204);
    expect(existsSync(join(api.filesDir, String(path)))).toBe(false);
  });

  it("opens by a signed address until that expires, and not by one that was changed", async () => {
    const id = await freeze("Signed");
    await written(id, "judgements.jsonl");
    const made = await admin.send("POST", `${fileOf(id, "judgements.jsonl")}/address`, {});
    const { path } = made.json<{ path: string }>();
    const open = await api.server.inject({ url: path, headers: { range: "bytes=0-3" } });
    expect([open.statusCode, open.body.length]).toEqual([206, 4]);
    for (const changed of [
      path.replace("judgements.jsonl", "judgements.parquet"),
      path.replace(/[A-Za-z0-9_-](?=\/judgements)/, (last) => (last === "A" ? "B" : "A")),
      path.replace(id, randomUUID()),
    ]) {
      const refusal = await api.server.inject(changed);
      expect([refusal.statusCode, refusal.json()]).toMatchObject([410, { reason: "signedAddressEnded" }]);
    }
    const short = await admin.send("POST", `${fileOf(id, "judgements.jsonl")}/address`, { seconds: 1 });
    const ended = short.json<{ path: string }>().path;
    await expect.poll(async () => (await api.server.inject(ended)).statusCode, { timeout: 5_000 }).toBe(410);
    const tooLong = await admin.send("POST", `${fileOf(id, "judgements.jsonl")}/address`, { seconds: 3_601 });
    expect(tooLong.statusCode).toBe(422);
  });

  it("opens by an address that stands in no line of a log, however it is asked, and not in the audit", async () => {
    const id = await freeze("Secret");
    await written(id, "judgements.csv");
    const made = await admin.send("POST", `${fileOf(id, "judgements.csv")}/address`, {});
    const { path } = made.json<{ path: string }>();
    const [, signature = ""] = /\.([A-Za-z0-9_-]{43})\//.exec(path) ?? [];
    expect(signature).not.toBe("");
    const env = { TOUCHSTONE_FILES_DIR: api.filesDir, LOG_LEVEL: "trace" };
    const spawned = await spawnApi({ databaseUrl: api.databaseUrl, redisUrl: api.redisUrl, env });
    const { path: where } = await api.server.database.labelSetFile.findFirstOrThrow({
      where: { labelSetId: id, name: "judgements.csv" },
    });
    try {
      const ask = async (address: string, init: RequestInit = {}) => {
        const answer = await fetch(`${spawned.url}${address}`, init);
        await answer.text();
        return answer.status;
      };
      expect(await ask(path)).toBe(200);
      expect(await ask(path, { method: "HEAD" })).toBe(200);
      expect(await ask(path, { headers: { range: "bytes=999999999-" } })).toBe(416);
      expect(await ask(path, { method: "POST" })).toBe(404);
      expect(await ask(`${path}?q=%`)).toBeGreaterThanOrEqual(400);
      expect(await ask(path.replace("judgements.csv", "judgements.parquet"))).toBe(410);
      // A fault of the store: what is logged of it is the error, with its request.
      const folder = join(api.filesDir, String(where));
      rmSync(folder);
      mkdirSync(folder);
      expect(await ask(path)).toBeGreaterThanOrEqual(400);
      expect(spawned.output()).toContain("/api/signed-files/:id/:pass/:name");
    } finally {
      await spawned.kill();
    }
    expect(spawned.output()).not.toContain(signature);
    const audited = await api.server.database.auditEvent.findMany({ where: { subject: id } });
    expect(JSON.stringify(audited.map(({ detail }) => detail))).not.toContain(signature);
  });

  it("moves with the latest: the address leads to the newest that people made it, with the same files", async () => {
    const latest = `/api/projects/${projectId}/label-sets/latest/files/judgements.jsonl`;
    const none = await asked(latest);
    expect([none.statusCode, none.json()]).toMatchObject([404, { reason: "noLatestLabelSet" }]);
    const one = await freeze("One");
    await written(one, "judgements.jsonl");
    await admin.send("PATCH", `/api/label-sets/${one}`, { latest: true });
    expect((await asked(latest)).headers.location).toBe(fileOf(one, "judgements.jsonl"));
    const task = await claimOne(bob, projectId);
    await sendAnswers(bob, task, preferring(1)());
    const two = await freeze("Two");
    expect((await asked(latest)).headers.location).toBe(fileOf(one, "judgements.jsonl"));
    await admin.send("PATCH", `/api/label-sets/${two}`, { latest: true });
    const moved = await asked(latest);
    expect([moved.statusCode, moved.headers.location]).toEqual([307, fileOf(two, "judgements.jsonl")]);
    // What was read of the one before is written of this one without being asked for.
    await writeLabelSetFiles(api);
    expect((await asked(String(moved.headers.location))).statusCode).toBe(200);
  });

  it("is never there by half: an attempt that was killed leaves nothing, and the next one writes it", async () => {
    const id = await freeze("Killed");
    const db = api.server.database;
    const files = new LocalFileStore(api.filesDir);
    const asks = await admin.send("POST", `/api/label-sets/${id}/files`, { name: "judgements.jsonl.gz" });
    expect(asks.statusCode).toBe(202);
    const row = await db.labelSetFile.findFirstOrThrow({ where: { labelSetId: id, name: "judgements.jsonl.gz" } });
    const held = await takeLabelSetFile(db, row.id);
    if (!held) throw new Error("The file could not be taken.");
    // A worker that is gone after its first bytes: its draft lies there, and its heartbeat ages.
    await files.put(
      `label-sets/${held.workspaceId}/${held.projectId}/${id}/${held.id}/0/file`,
      new Uint8Array([1, 2, 3]),
    );
    const during = await asked(fileOf(id, "judgements.jsonl.gz"));
    expect([during.statusCode, during.json()]).toMatchObject([409, { reason: "labelSetFileWriting" }]);
    await writeLabelSetFiles(api);
    expect((await asked(fileOf(id, "judgements.jsonl.gz"))).statusCode).toBe(409);
    await db.$executeRaw`UPDATE label_set_file SET heartbeat_at = now() - interval '1 hour' WHERE id = ${row.id}::uuid`;
    await writeLabelSetFiles(api);
    expect((await asked(fileOf(id, "judgements.jsonl.gz"))).statusCode).toBe(200);
    const folder = join(api.filesDir, "label-sets", held.workspaceId, held.projectId, id, held.id);
    expect(readdirSync(folder)).toEqual(["2"]);
    // The first one comes to itself, and finds that the file is no longer its own.
    const late = writeLabelSetFile({ db, files }, held, new AbortController().signal);
    await expect(late).rejects.toThrow("not wanted");
    expect((await asked(fileOf(id, "judgements.jsonl.gz"))).statusCode).toBe(200);
  });

  it("is written anew without what was deleted of its set, and goes with its project", async () => {
    const id = await freeze("Deleted");
    const before = await written(id, "judgements.jsonl");
    const first: { prompt: { content: string }[] } = JSON.parse(before.body.split("\n")[0] ?? "");
    const gone = first.prompt[0]?.content ?? "";
    const filter = { q: `"${gone.replace("?", "")}"` };
    const preview = await admin.send("POST", `/api/projects/${projectId}/prompts/deletion`, {
      ...{ selection: { filter }, preview: true },
    });
    const { stamp } = preview.json<{ dependants: { stamp: string } }>().dependants;
    await admin.send("POST", `/api/projects/${projectId}/prompts/deletion`, {
      selection: { filter },
      prompts: 1,
      stamp,
    });
    const { deletion } = api.server.database;
    await expect.poll(() => deletion.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
    const folder = join(
      api.filesDir,
      "label-sets",
      (await api.server.database.project.findUniqueOrThrow({ where: { id: projectId } })).workspaceId,
      projectId,
    );
    expect(existsSync(join(folder, id))).toBe(false);
    await writeLabelSetFiles(api);
    const after = await asked(fileOf(id, "judgements.jsonl"));
    expect(after.statusCode).toBe(200);
    expect(after.body).not.toContain(gone);
    expect(after.body.split("\n").length).toBe(before.body.split("\n").length - 1);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    const dependants = await admin.send("GET", `/api/projects/${projectId}/dependants`);
    const confirmed = { stamp: dependants.json<{ stamp: string }>().stamp };
    const { name } = (await admin.send("GET", `/api/projects/${projectId}`)).json<{ name: string }>();
    const removed = await admin.send("POST", `/api/projects/${projectId}/deletion`, { name, ...confirmed });
    expect(removed.statusCode, removed.body).toBeLessThan(300);
    await expect.poll(() => deletion.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
    expect(existsSync(folder)).toBe(false);
    expect(await api.server.database.labelSetFile.count({ where: { projectId } })).toBe(0);
  });
});
