import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect } from "vitest";
import { openApi, type TestApi } from "./api-server.ts";
import { filledProject } from "./filled-project.ts";
import { newTenant, type Visitor } from "./visitor.ts";
import { archiveOf, packed, unpacked } from "./work-on-archives.ts";

/** Two installations, and in one of them a project that has something of everything, with the copy that was made of it. */
export interface ArchivePair {
  readonly source: TestApi;
  readonly target: TestApi;
  /** Admin of the one, in whose workspace the project is, and of the other. */
  readonly ada: Visitor;
  readonly eve: Visitor;
  readonly from: string;
  readonly to: string;
  readonly projectId: string;
  readonly labelSetId: string;
  readonly archive: Buffer;
  readonly parts: Parts;
}

/** What lies in an archive, by name. */
export type Parts = Map<string, Buffer>;
export type Row = Record<string, unknown>;

export async function openArchivePair(): Promise<ArchivePair> {
  const [source, target] = await Promise.all([openApi(), openApi()]);
  const [one, other] = await Promise.all([
    newTenant(source.server, "ada@example.org"),
    newTenant(target.server, "eve@example.org"),
  ]);
  const [ada, from, eve, to] = [one.admin, one.workspaceId, other.admin, other.workspaceId];
  const { projectId, labelSetId } = await filledProject(source, ada, from);
  const archive = await archiveOf(source, ada, projectId);
  return { source, target, ada, eve, from, to, projectId, labelSetId, archive, parts: await unpacked(archive) };
}

export const rowsOf = (parts: Parts, table: string): Row[] =>
  gunzipSync(parts.get(`tables/${table}.jsonl.gz`) ?? gzipSync(""))
    .toString()
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

/** An archive with something done to its parts; the list of hashes as it was, or written anew. */
export async function changed(parts: Parts, change: (parts: Parts) => void, relisted = false): Promise<Buffer> {
  const copy = new Map(parts);
  change(copy);
  if (relisted) {
    const manifest = JSON.parse(String(copy.get("manifest.json")));
    for (const [table, part] of Object.entries<Row>(manifest.tables)) {
      const bytes = copy.get(`tables/${table}.jsonl.gz`) ?? Buffer.alloc(0);
      part.sha256 = createHash("sha256").update(bytes).digest("hex");
      part.bytes = bytes.length;
    }
    copy.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
  }
  return packed(copy);
}

export const editManifest = (edit: (manifest: Row) => void) => (copy: Parts) => {
  const manifest = JSON.parse(String(copy.get("manifest.json")));
  edit(manifest);
  copy.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
};
export const editRow = (table: string, edit: (row: Row) => unknown) => (copy: Parts) => {
  const [first, ...rest] = rowsOf(copy, table);
  const lines = [edit(first ?? {}), ...rest].map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`);
  copy.set(`tables/${table}.jsonl.gz`, gzipSync(lines.join("")));
};

/** The files below a folder, by their paths in it. */
export async function storedBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1));
}

/** A project, for good. */
export async function deleteProject({ server }: TestApi, admin: Visitor, projectId: string): Promise<void> {
  const { name, stamp } = {
    ...(await server.database.project.findUniqueOrThrow({ where: { id: projectId } })),
    ...(await admin.send("GET", `/api/projects/${projectId}/dependants`)).json<{ stamp: string }>(),
  };
  const gone = await admin.send("POST", `/api/projects/${projectId}/deletion`, { name, stamp });
  expect(gone.statusCode, gone.body).toBe(202);
  await expect.poll(() => server.database.deletion.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
}
