import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BroughtArchive, SpooledFileView } from "@touchstone/contracts";
import { LocalFileStore, sweepArchives } from "@touchstone/persistence";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { TestApi } from "../../harness/api-server.ts";
import {
  type ArchivePair,
  changed,
  deleteProject,
  editManifest,
  editRow,
  storedBelow,
} from "../../harness/archive-pair.ts";
import { beginUpload, sendOn } from "../../harness/send-in-pieces.ts";
import { invite, type Visitor } from "../../harness/visitor.ts";
import { uploadArchive, workOnArchives } from "../../harness/work-on-archives.ts";

/** Work on an archive that comes to the journal stands still: its rows come late, after everything that people would see. */
async function heldUp(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN");
  await client.query("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE");
  return {
    goOn: async () => {
      await client.query("ROLLBACK");
      await client.end();
    },
  };
}

const script = fileURLToPath(new URL("../../harness/archive-worker.ts", import.meta.url));

/** A worker of its own at work on what waits. @returns how to kill it */
function workerOf({ databaseUrl, filesDir }: TestApi) {
  const worker = spawn(process.execPath, ["--import", "tsx", script, databaseUrl, filesDir]);
  const ended = once(worker, "exit");
  return async () => {
    worker.kill("SIGKILL");
    await ended;
  };
}

const standsStill = ({ server: { database: db } }: TestApi) =>
  expect
    .poll(() => db.$queryRaw`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'journal'::regclass`, {
      timeout: 30_000,
    })
    .toHaveLength(1);

/** Nothing is seen of a project, and no statement of a dead worker goes on. */
async function nothingSeen({ server: { database: db } }: TestApi): Promise<void> {
  await expect
    .poll(() => db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'INSERT INTO "journal"%'`)
    .toEqual([]);
  expect(await Promise.all([db.project.count(), db.prompt.count(), db.judgement.count(), db.media.count()])).toEqual([
    ...[0, 0, 0, 0],
  ]);
}

const told = async (who: Visitor, id: string) => (await who.send("GET", `/api/archives/${id}`)).json<BroughtArchive>();

/** What is left where an upload, or a worker, is stopped in the middle. */
export function interruptedArchives(pair: () => ArchivePair): void {
  describe("an archive that is stopped in the middle", () => {
    it("is uploaded on from where its connection broke, by admins alone, and given to a worker once", async () => {
      const { target, eve, archive } = pair();
      const researcher = await invite(eve, "researcher", "rae@example.org");
      const begun = await beginUpload(eve, null, "copy.zip", archive.length);
      expect(begun.headers.location).toBe(`/api/spool/${begun.json<SpooledFileView>().id}`);
      const { id: fileId } = begun.json<SpooledFileView>();
      await sendOn(eve, fileId, 0, archive.subarray(0, 1_000));
      const bring = () => eve.send("POST", "/api/archives/uploaded", { fileId });
      expect((await bring()).json()).toMatchObject({ reason: "spooledArriving", values: { received: 1_000 } });
      expect((await eve.send("GET", "/api/archives/uploads")).json()).toMatchObject({
        ...{ items: [{ id: fileId, state: "arriving", received: 1_000 }], used: archive.length },
      });
      // Whoever brings rows for projects has nothing to do with copies of whole ones.
      expect((await sendOn(researcher, fileId, 1_000, archive.subarray(1_000))).statusCode).toBe(404);
      expect((await researcher.send("DELETE", `/api/spool/${fileId}`)).statusCode).toBe(404);
      expect((await sendOn(eve, fileId, 1_000, archive.subarray(1_000))).statusCode).toBe(204);
      expect((await eve.send("POST", `/api/spool/${fileId}/receipt`)).json()).toMatchObject({
        reason: "spooledIsArchive",
      });
      const [one, again] = [await bring(), await bring()].map((answer) => answer.json<BroughtArchive>());
      expect([one?.state, one?.bytes, again?.id]).toEqual(["waiting", archive.length, one?.id]);
      expect((await eve.send("GET", "/api/archives/uploads")).json()).toMatchObject({ items: [] });
      expect((await eve.send("DELETE", `/api/spool/${fileId}`)).json()).toMatchObject({ reason: "spooledInImport" });
      // Nobody has begun: it is stopped at once, with all that was sent.
      const stopped = await eve.send("DELETE", `/api/archives/${one?.id}`);
      expect([stopped.statusCode, stopped.json()]).toMatchObject([200, { state: "cancelled", problem: null }]);
      expect(await storedBelow(target.filesDir)).toEqual([]);
      expect(await target.server.database.spooledFile.count()).toBe(0);
    });

    it("is none where its first bytes are not a zip's, and no more of it is taken", async () => {
      const { target, eve } = pair();
      const { id } = (await beginUpload(eve, null, "rows.zip", 20)).json<SpooledFileView>();
      expect((await sendOn(eve, id, 0, Buffer.from("PK"))).statusCode).toBe(204);
      expect((await sendOn(eve, id, 2, Buffer.from("{}"))).json()).toMatchObject({ reason: "archiveDamaged" });
      expect((await sendOn(eve, id, 2, Buffer.from("\u0003\u0004"))).json()).toMatchObject({ reason: "spooledFailed" });
      expect((await eve.send("DELETE", `/api/spool/${id}`)).statusCode).toBe(204);
      expect(await storedBelow(target.filesDir)).toEqual([]);
    });

    it("leaves neither rows nor files where it is stopped at work, whether its worker lives or is killed", async () => {
      const { target, eve, archive } = pair();
      const { database: db, bulk } = target.server;
      const files = new LocalFileStore(target.filesDir);
      const held = await heldUp(target.databaseUrl);
      const id = await uploadArchive(eve, archive);
      const working = workOnArchives(target);
      await standsStill(target);
      await expect
        .poll(() => told(eve, id), { timeout: 10_000 })
        .toMatchObject({ state: "working", phase: "rows", step: expect.any(Number), steps: expect.any(Number) });
      const { step, steps, rows, totalRows } = await told(eve, id);
      expect([step > 10, step < Number(steps), rows > 10, rows < Number(totalRows)]).toEqual([true, true, true, true]);
      expect(await storedBelow(target.filesDir)).toContainEqual(expect.stringMatching(/^media\//));
      expect((await eve.send("DELETE", `/api/archives/${id}`)).json()).toMatchObject({ state: "cancelled" });
      await working;
      await nothingSeen(target);
      expect(await storedBelow(target.filesDir)).toEqual([]);

      const next = await uploadArchive(eve, archive);
      const kill = workerOf(target);
      await standsStill(target);
      await kill();
      expect((await eve.send("DELETE", `/api/archives/${next}`)).json()).toMatchObject({ state: "cancelled" });
      expect((await eve.send("DELETE", `/api/archives/${next}`)).statusCode).toBe(200);
      await held.goOn();
      await nothingSeen(target);
      // What it had stored goes when a worker next looks for such.
      expect(await storedBelow(target.filesDir)).toContainEqual(expect.stringMatching(/^media\//));
      await sweepArchives({ db, pool: bulk.pool, files });
      expect(await storedBelow(target.filesDir)).toEqual([]);
      expect(await db.spooledFile.count()).toBe(0);
      const audit = (await eve.send("GET", "/api/audit")).json<{ items: { action: string }[] }>();
      expect(audit.items.filter(({ action }) => action === "archive.cancelled")).toHaveLength(3);
    });

    it("leaves nothing to see where its worker is killed in the middle, and the next one makes it whole", async () => {
      const { target, eve, projectId, parts } = pair();
      const db = target.server.database;
      const held = await heldUp(target.databaseUrl);
      // Of an older version, which knew less: what it has no word of is as in any new project.
      const older = await changed(
        parts,
        (copy) => {
          const without = editRow("project", ({ blur: _, ...row }) => row);
          without(copy);
          copy.delete("tables/notice.jsonl.gz");
          editManifest((list) => {
            const tables = list.tables as Record<string, { columns: string[] }>;
            delete tables.notice;
            if (tables.project) tables.project.columns = tables.project.columns.filter((column) => column !== "blur");
          })(copy);
        },
        true,
      );
      const id = await uploadArchive(eve, older);
      const kill = workerOf(target);
      await standsStill(target);
      await kill();
      await held.goOn();
      await nothingSeen(target);
      expect(await told(eve, id)).toMatchObject({ state: "working", projectId: null });
      // As time passes: its heartbeat is old, and another worker takes it.
      await db.$executeRaw`UPDATE project_archive SET heartbeat_at = now() - interval '1 hour' WHERE id = ${id}::uuid`;
      await workOnArchives(target);
      expect(await told(eve, id)).toMatchObject({ state: "ready", projectId });
      expect((await eve.send("DELETE", `/api/archives/${id}`)).json()).toMatchObject({ reason: "archiveEnded" });
      expect((await db.project.findUniqueOrThrow({ where: { id: projectId } })).blur).toBe("marked");
      // Deleted for good, it can be brought again: nothing of it is in the way.
      await deleteProject(target, eve, projectId);
      expect(await storedBelow(target.filesDir)).toEqual(
        expect.not.arrayContaining([expect.stringContaining("media/")]),
      );
      await db.modelVersion.deleteMany();
      await db.withdrawnLease.deleteMany();
      await db.member.deleteMany({ where: { kind: "imported" } });
      for (const path of await storedBelow(target.filesDir)) rmSync(join(target.filesDir, path));
    });
  });
}
