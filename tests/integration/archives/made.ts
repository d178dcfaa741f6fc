import { archiveTables, freezeLabelSet } from "@touchstone/persistence";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { TestApi } from "../../harness/api-server.ts";
import { type ArchivePair, storedBelow } from "../../harness/archive-pair.ts";
import { brokenInvariants } from "../../harness/assignment-invariants.ts";
import { newTenant } from "../../harness/visitor.ts";
import { bringArchive } from "../../harness/work-on-archives.ts";

/** Each row of a table in COPY's own words, in an order that hangs on what is in it alone. */
async function copied(url: string, table: string, but: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TimeZone = 'UTC'");
    const { rows } = await client.query<{ row: string }>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM "${table}" t ORDER BY 1`,
      [but],
    );
    return rows.map(({ row }) => row);
  } finally {
    await client.end();
  }
}

/** What may differ between there and here; all else is equal to the letter. */
const differs: Readonly<Record<string, readonly string[]>> = {
  journal: ["id"],
  lease: ["token"],
  model_version: ["number"],
  run: ["state", "finished_at"],
};

/** That the project that is made is the one that was written. */
export function madeOfArchives(pair: () => ArchivePair): void {
  describe("the project that an archive becomes", () => {
    it("becomes the same project, row by row and to the letter, with files, hashes and ids", async () => {
      const { source, target, ada, eve, from, to, projectId, labelSetId, archive } = pair();
      // Somebody here has the name of one of theirs.
      const { externalId } = await source.server.database.member.findFirstOrThrow({ where: { name: "Zhou Yi" } });
      await target.server.database.member.create({
        data: { workspaceId: to, kind: "imported", role: "annotator", name: "Zhou Yi", externalId },
      });
      const brought = await bringArchive(target, eve, archive);
      expect(brought).toMatchObject({
        ...{ state: "ready", projectId, projectName: "Full “of” everything", problem: null },
        receipt: { people: { known: 0, renamed: 1 }, models: { made: 2, known: 0 }, version: "0.1.0" },
      });
      const derived = ["task_document", "task_facet", "running_number"];
      const tables = [...Object.keys(archiveTables).filter((table) => archiveTables[table]?.travels), ...derived];
      for (const table of tables) {
        if (table === "member") continue;
        const but = ["workspace_id", ...(differs[table] ?? [])];
        const [there, here] = await Promise.all([
          copied(source.databaseUrl, table, but),
          copied(target.databaseUrl, table, but),
        ]);
        const ofWorkspace = table === "running_number";
        expect(ofWorkspace ? here.filter((row) => row.includes(projectId)) : here, table).toEqual(
          ofWorkspace ? there.filter((row) => row.includes(projectId)) : there,
        );
        expect(here.length, table).toBeGreaterThan(0);
      }
      const ids = async ({ server }: TestApi) =>
        (await server.database.judgement.findMany({ select: { memberId: true }, distinct: ["memberId"] }))
          .map((j) => j.memberId)
          .sort();
      expect(await ids(target)).toEqual(await ids(source));
      const runs = await target.server.database.run.findMany({ orderBy: { number: "asc" } });
      expect(runs.map(({ name, number, state }) => [name, number, state])).toEqual([
        ["Done", 1, "succeeded"],
        ["Waits", 2, "cancelled"],
      ]);
      // Models are numbered on where the workspace stands, and so is the next one.
      const bare = { workspaceId: to, kind: "policy" as const, files: [], sha256: "next", parameters: 1, spec: {} };
      const next = await target.server.database.modelVersion.create({ data: { ...bare, name: "Next" } });
      const numbers = (await target.server.database.modelVersion.findMany()).map(({ number }) => number);
      expect([new Set(numbers).size, Math.max(...numbers)]).toEqual([3, next.number]);
      await target.server.database.modelVersion.delete({ where: { id: next.id } });
      const again = await freezeLabelSet(target.server.database, {
        workspaceId: to,
        projectId,
        includeSimulated: false,
      });
      const there = await freezeLabelSet(source.server.database, {
        workspaceId: from,
        projectId,
        includeSimulated: false,
      });
      expect(again.sha256).toBe(there.sha256);
      const [exported, here] = await Promise.all(
        [ada, eve].map((who) => who.send("GET", `/api/label-sets/${labelSetId}/export?format=trl-preference`)),
      );
      expect(here?.statusCode).toBe(200);
      expect(here?.body.split("\n").length).toBe(exported?.body.split("\n").length);
      const media = await source.server.database.media.findMany();
      for (const { id } of media) {
        const [one, other] = await Promise.all([
          ada.send("GET", `/api/media/${id}`),
          eve.send("GET", `/api/media/${id}`),
        ]);
        expect(other.rawPayload.equals(one.rawPayload)).toBe(true);
      }
      // Models and their files, too; the archive that was brought is gone.
      expect((await storedBelow(target.filesDir)).filter((path) => !path.startsWith("media/")).sort()).toEqual([
        "models/base/model.safetensors",
        expect.stringMatching(/^runs\/.*\/model\/model\.safetensors$/),
      ]);
      const invariants = ({ server }: TestApi) => brokenInvariants(server.database, { outboxDrained: true });
      expect(await invariants(target)).toEqual(await invariants(source));
    });

    it("is refused where the project is there already, in whatever workspace, and while it is being deleted", async () => {
      const { target, eve, projectId, archive } = pair();
      expect(await bringArchive(target, eve, archive)).toMatchObject({
        problem: { reason: "archiveProjectThere", values: { name: "Full “of” everything" } },
      });
      const other = (await newTenant(target.server, "mia@example.org")).admin;
      expect(await bringArchive(target, other, archive)).toMatchObject({ problem: { reason: "archiveElsewhere" } });
      const db = target.server.database;
      await db.project.update({ where: { id: projectId }, data: { deletedAt: new Date() } });
      expect(await bringArchive(target, eve, archive)).toMatchObject({ problem: { reason: "archiveProjectGoing" } });
      await db.project.update({ where: { id: projectId }, data: { deletedAt: null } });
      // What it has in the store is its own still.
      expect((await storedBelow(target.filesDir)).filter((path) => path.startsWith("media/"))).toHaveLength(2);
    });
  });
}
