import { createHash, randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ImportReceipt, Problem, type SpooledFileView, type SpoolView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { beginImport, beginUpload, ended, sendOn, spooled } from "../harness/send-in-pieces.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
let projectId: string;
const quota = 8_000_000;
beforeAll(async () => {
  api = await openApi({ LOG_LEVEL: "silent", TOUCHSTONE_SPOOL_BYTES: String(quota), TOUCHSTONE_SPOOL_HOURS: "1" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
  projectId = await newProject(admin, "uploads");
});
afterAll(() => api.close());

const lines = (count: number, of = "Question") =>
  Buffer.from(
    Array.from({ length: count }, (_, index) => {
      const row = { prompt: `${of} ${index}?`, chosen: `yes ${index}`, rejected: `no ${index}` };
      return `${JSON.stringify(row)}\n`;
    }).join(""),
  );
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const reasonOf = (response: { json<T>(): T }) => Problem.parse(response.json()).reason;
const get = (id: string, who = admin) => who.send("GET", `/api/spool/${id}`);
const filesOnDisk = () =>
  readdirSync(api.filesDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

/** Has the connection break at the next statement by which a piece counts: before it is made, or with its answer. */
function breakAtNextPiece(what: "statement" | "answer"): void {
  const pool: { query(...given: unknown[]): Promise<unknown> } = api.server.databasePool;
  const query = pool.query.bind(pool);
  const spy = vi.spyOn(pool, "query").mockImplementation(async (...given) => {
    if (!String(given[0]).includes("INSERT INTO spooled_part")) return query(...given);
    spy.mockRestore();
    if (what === "answer") await query(...given);
    throw new Error("Connection terminated unexpectedly");
  });
}

async function begun(bytes: number): Promise<string> {
  const made = await beginUpload(admin, projectId, "rows.jsonl", bytes);
  expect(made.statusCode, made.body).toBe(201);
  expect(made.headers.location).toBe(`/api/spool/${made.json<SpooledFileView>().id}`);
  return made.json<SpooledFileView>().id;
}

describe("an upload in pieces", () => {
  it("is there once its last byte is, is read by receipt and import without being sent again, and then removed", async () => {
    const bytes = lines(50);
    const id = await begun(bytes.length);
    expect((await sendOn(admin, id, 0, bytes.subarray(0, 700))).headers).toMatchObject({ "upload-offset": "700" });
    const half = await get(id);
    expect(half.headers).toMatchObject({ "upload-offset": "700", "upload-length": String(bytes.length) });
    expect(half.headers["cache-control"]).toBe("no-store");
    expect(half.json<SpooledFileView>()).toMatchObject({ state: "arriving", received: 700, sha256: null });
    // Half a file is none: it is neither read nor imported.
    for (const what of ["receipt?", "imports?format=trl-preference"]) {
      expect(reasonOf(await admin.send("POST", `/api/spool/${id}/${what}`))).toBe("spooledArriving");
    }
    expect((await sendOn(admin, id, 700, bytes.subarray(700))).statusCode).toBe(204);
    expect((await get(id)).json<SpooledFileView>()).toMatchObject({ state: "ready", sha256: sha256(bytes) });
    const receipt = (await admin.send("POST", `/api/spool/${id}/receipt`)).json<ImportReceipt>();
    expect(receipt.counts).toMatchObject({ rows: 50, prompts: 50 });
    const job = await ended(admin, (await beginImport(admin, id, { format: "trl-preference" })).id);
    expect(job).toMatchObject({ state: "done", rowsRead: 50, result: { rows: 50, fileName: "rows.jsonl" } });
    expect((await admin.send("DELETE", `/api/spool/${id}`)).statusCode).toBe(204);
    expect((await get(id)).statusCode).toBe(404);
    expect(filesOnDisk()).toEqual([]);
  });

  it("goes on only from where it stands, and what a refused request brought is not kept", async () => {
    const bytes = lines(20);
    const id = await begun(bytes.length);
    await sendOn(admin, id, 0, bytes.subarray(0, 100));
    for (const offset of [0, 99, 101]) {
      const refused = await sendOn(admin, id, offset, bytes.subarray(offset));
      expect(refused.statusCode).toBe(409);
      expect(Problem.parse(refused.json())).toMatchObject({ reason: "uploadElsewhere", values: { offset: 100 } });
    }
    const more = await sendOn(admin, id, 100, Buffer.concat([bytes.subarray(100), Buffer.from("more")]));
    expect(reasonOf(more)).toBe("uploadBeyond");
    expect((await get(id)).json<SpooledFileView>().received).toBe(100);
    await admin.send("DELETE", `/api/spool/${id}`);
  });

  it("may come twice at once: two uploads of one file are two, and of two senders of one upload the later goes on", async () => {
    const bytes = lines(20);
    const [one, other] = [await begun(bytes.length), await begun(bytes.length)];
    expect(one).not.toBe(other);
    const both = await Promise.all([sendOn(admin, one, 0, bytes), sendOn(admin, one, 0, bytes)]);
    const codes = both.map(({ statusCode }) => statusCode).sort();
    expect([
      [204, 204],
      [204, 409],
    ]).toContainEqual(codes);
    expect((await get(one)).json<SpooledFileView>()).toMatchObject({ state: "ready", sha256: sha256(bytes) });
    // Whatever the one that gave way had stored is gone.
    expect(filesOnDisk().filter(({ parentPath }) => parentPath.endsWith(one))).toHaveLength(1);
    for (const id of [one, other]) await admin.send("DELETE", `/api/spool/${id}`);
  });

  it.each([
    ["statement", 0],
    ["answer", 5 * 2 ** 20],
  ] as const)("has no byte twice and lacks none where the %s that writes a piece down is lost", async (what, there) => {
    // Long enough that it is written down before the request has come to its end.
    const first = 5 * 2 ** 20;
    const bytes = randomBytes(first + 1_000);
    const id = await begun(bytes.length);
    breakAtNextPiece(what);
    expect((await sendOn(admin, id, 0, bytes.subarray(0, first))).statusCode).toBe(503);
    expect((await get(id)).json<SpooledFileView>().received).toBe(there);
    expect((await sendOn(admin, id, there, bytes.subarray(there))).statusCode).toBe(204);
    expect((await get(id)).json<SpooledFileView>()).toMatchObject({ state: "ready", sha256: sha256(bytes) });
    await admin.send("DELETE", `/api/spool/${id}`);
    expect(filesOnDisk()).toEqual([]);
  });

  it("keeps nothing of a piece whose checksum is another, and takes it when it is right", async () => {
    const bytes = lines(3);
    const id = await begun(bytes.length);
    const digest = (of: Buffer, kind: string) => `${kind} ${createHash(kind).update(of).digest("base64")}`;
    const wrong = await sendOn(admin, id, 0, bytes, { "upload-checksum": digest(Buffer.from("other"), "sha1") });
    expect([wrong.statusCode, reasonOf(wrong)]).toEqual([460, "uploadChecksum"]);
    expect((await get(id)).json<SpooledFileView>().received).toBe(0);
    const unknown = await sendOn(admin, id, 0, bytes, { "upload-checksum": "crc32 AAAA" });
    expect([unknown.statusCode, reasonOf(unknown)]).toEqual([400, "uploadChecksumKind"]);
    const right = await sendOn(admin, id, 0, bytes, { "upload-checksum": digest(bytes, "sha256") });
    expect(right.statusCode).toBe(204);
    await admin.send("DELETE", `/api/spool/${id}`);
  });

  it("is refused before it begins where it is too large, has no length, or speaks another version", async () => {
    const tooLarge = Problem.parse((await beginUpload(admin, projectId, "a", 9 * 2 ** 30)).json());
    expect(tooLarge).toMatchObject({ status: 413, reason: "uploadTooLarge", values: { limit: 8 * 2 ** 30 } });
    const full = Problem.parse((await beginUpload(admin, projectId, "a", quota + 1)).json());
    expect(full).toMatchObject({
      status: 413,
      reason: "spoolFull",
      values: { used: 0, limit: quota, bytes: quota + 1 },
    });
    const url = `/api/projects/${projectId}/spool/uploads`;
    const lengthless = await admin.send("POST", url, undefined, { "tus-resumable": "1.0.0" });
    expect([lengthless.statusCode, reasonOf(lengthless)]).toEqual([400, "uploadLengthNeeded"]);
    const old = await admin.send("POST", url, undefined, { "upload-length": "1" });
    expect([old.statusCode, old.headers["tus-version"]]).toEqual([412, "1.0.0"]);
    expect((await admin.send("GET", `/api/projects/${projectId}/spool`)).json<SpoolView>()).toMatchObject({
      items: [],
      used: 0,
    });
  });

  it("keeps the room that it was promised, and gives it back", async () => {
    const first = await begun(quota - 10);
    expect(reasonOf(await beginUpload(admin, projectId, "b", 11))).toBe("spoolFull");
    expect((await beginUpload(stranger, await newProject(stranger, "other"), "b", 11)).statusCode).toBe(201);
    await admin.send("DELETE", `/api/spool/${first}`);
    await admin.send("DELETE", `/api/spool/${await begun(11)}`);
  });

  it("is nobody else's, whatever they do with it", async () => {
    const { id } = await spooled(admin, projectId, "../../etc/pass\u0000wd", lines(1));
    expect((await get(id)).json<SpooledFileView>().name).toBe("passwd");
    const urls = [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/receipt"],
      ["POST", "/imports?format=trl-preference"],
    ] as const;
    for (const [method, rest] of urls) {
      expect((await stranger.send(method, `/api/spool/${id}${rest}`)).statusCode, method).toBe(404);
    }
    expect((await sendOn(stranger, id, 0, Buffer.from("x"))).statusCode).toBe(404);
    await admin.send("DELETE", `/api/spool/${id}`);
  });

  it("is removed with its bytes once its time is over, and puts that off while somebody works with it", async () => {
    const { id } = await spooled(admin, projectId, "rows.jsonl", lines(2));
    const soon = new Date(Date.now() + 1_000);
    await api.server.database.spooledFile.update({ where: { id }, data: { expiresAt: soon } });
    await admin.send("POST", `/api/spool/${id}/receipt`);
    expect(Date.parse((await get(id)).json<SpooledFileView>().expiresAt)).toBeGreaterThan(Date.now() + 3_000_000);
    await api.server.database.spooledFile.update({ where: { id }, data: { expiresAt: new Date(0) } });
    // One of which only a part has come, too, and with it what a killed process had stored and not written down.
    const half = await begun(100);
    await sendOn(admin, half, 0, lines(2).subarray(0, 50));
    const [piece] = filesOnDisk().filter(({ parentPath }) => parentPath.endsWith(half));
    writeFileSync(join(piece?.parentPath ?? "", "50-of-nobody"), "x");
    await api.server.database.spooledFile.update({ where: { id: half }, data: { expiresAt: new Date(0) } });
    for (const one of [id, half]) {
      await expect.poll(async () => (await get(one)).statusCode, { timeout: 10_000 }).toBe(404);
    }
    expect(filesOnDisk()).toEqual([]);
    expect(await api.server.database.spooledPart.count({ where: { fileId: { in: [id, half] } } })).toBe(0);
  });
});
