import type { BroughtArchive } from "@touchstone/contracts";
import { fileBytesOf, type ZipPart, zipBytes, zipEntries, zipped } from "@touchstone/datasets";
import { LocalFileStore, pendingArchives } from "@touchstone/persistence";
import { pino } from "pino";
import { expect } from "vitest";
import { handleArchive } from "../../apps/worker/src/handlers/archive.ts";
import type { TestApi } from "./api-server.ts";
import { spooled } from "./send-in-pieces.ts";
import type { Visitor } from "./visitor.ts";

const never = new AbortController().signal;

/** Does all that archives wait for, as a worker does, in this process. */
export async function workOnArchives({ server, filesDir }: TestApi): Promise<void> {
  const { database: db, bulk } = server;
  const files = new LocalFileStore(filesDir);
  const tools = { db, pool: bulk.pool, files, version: "0.1.0", log: pino({ level: "silent" }) };
  for (const { id } of await pendingArchives(db)) await handleArchive(tools, { archiveId: id }, never);
}

/** The copy of a whole project, made and downloaded. */
export async function archiveOf(api: TestApi, admin: Visitor, projectId: string): Promise<Buffer> {
  const asked = await admin.send("POST", `/api/projects/${projectId}/archive`);
  expect(asked.statusCode, asked.body).toBe(202);
  await workOnArchives(api);
  const file = await admin.send("GET", `/api/projects/${projectId}/archive/file`);
  expect([file.statusCode, file.statusCode === 200 ? "" : file.body]).toEqual([200, ""]);
  return file.rawPayload;
}

/** Sends an archive in one request, as a script does. */
export async function sendArchive(admin: Visitor, payload: Buffer, name = "copy.zip") {
  return admin.server.inject({
    method: "POST",
    url: "/api/archives",
    query: { name },
    headers: { cookie: admin.cookie ?? "", "x-csrf-token": admin.csrfToken ?? "", "content-type": "application/zip" },
    payload,
  });
}

/** Sends an archive in pieces, as the page does, and promises it to a worker. @returns its id */
export async function uploadArchive(admin: Visitor, payload: Buffer): Promise<string> {
  const { id: fileId } = await spooled(admin, null, "copy.zip", payload);
  const brought = await admin.send("POST", "/api/archives/uploaded", { fileId });
  expect(brought.statusCode, brought.body).toBe(202);
  return brought.json<BroughtArchive>().id;
}

/** Brings an archive in one request, and waits until a worker is done with it. */
export async function bringArchive(api: TestApi, admin: Visitor, payload: Buffer): Promise<BroughtArchive> {
  const sent = await sendArchive(admin, payload);
  expect(sent.statusCode, sent.body).toBe(202);
  await workOnArchives(api);
  return (await admin.send("GET", `/api/archives/${sent.json<BroughtArchive>().id}`)).json<BroughtArchive>();
}

/** The files of an archive, in their order. */
export async function unpacked(archive: Buffer): Promise<Map<string, Buffer>> {
  const bytes = await fileBytesOf(one(archive));
  const parts = new Map<string, Buffer>();
  for (const entry of await zipEntries(bytes)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of zipBytes(entry, { maximumBytes: 2 ** 30, maximumRatio: 1000, ratioFrom: 2 ** 30 })) {
      pieces.push(piece);
    }
    parts.set(entry.name, Buffer.concat(pieces));
  }
  await bytes.close();
  return parts;
}

export async function packed(parts: Iterable<readonly [string, Buffer]>): Promise<Buffer> {
  async function* files(): AsyncGenerator<ZipPart> {
    for (const [name, content] of parts) yield { name, content: one(content) };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipped(files(), new Date("2026-01-31T12:00:00Z"))) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* one(bytes: Buffer): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new Uint8Array(bytes);
}
