import { freezeLabelSet, pendingRuns, takeNextRun, takeRun } from "@touchstone/persistence";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { brokenInvariants } from "../../harness/assignment-invariants.ts";
import { foundIn } from "../../harness/copied-tables.ts";
import { atWork, type ErasurePlace, erase, plantedWords, untilDone } from "../../harness/erasure-place.ts";
import { importFile } from "../../harness/import-file.ts";
import { mark } from "../../harness/planted-person.ts";

async function annotatorsIn({ admin }: ErasurePlace, labelSetId: string): Promise<Set<string>> {
  const { body } = await admin.send("GET", `/api/label-sets/${labelSetId}/export?format=judgements`);
  const rows = body.split("\n").filter((line) => line !== "");
  return new Set(rows.map((line) => JSON.parse(line).annotator_hash as string));
}

/** Somebody whose work stays without their name, and somebody who came with a file. */
export function erasedByName(at: () => ErasurePlace): void {
  describe("somebody who is erased", () => {
    it("by who they are alone leaves the work, which nobody finds by them any more", async () => {
      const place = at();
      const { api, admin, workspaceId, projectId, elsewhere } = place;
      const db = api.server.database;
      const ivo = await atWork(place, "ivo");
      const set = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
      const former = await annotatorsIn(place, set.id);
      // While they are erased a run would read what is there for another moment only: it waits, and one elsewhere does not.
      const holder = new pg.Client({ connectionString: api.databaseUrl });
      await holder.connect();
      await holder.query("BEGIN");
      await holder.query("SELECT pg_advisory_xact_lock(hashtextextended('freezing ' || $1::text, 0))", [projectId]);
      await erase(place, ivo, "identity");
      const launched = { workspaceId, kind: "reward", spec: {}, seed: 1, state: "queued" } as const;
      const here = await db.run.create({ data: { ...launched, projectId, name: "Launched meanwhile" } });
      const there = await db.run.create({ data: { ...launched, projectId: elsewhere, name: "Elsewhere" } });
      await expect.poll(async () => (await takeRun(db, there.id))?.id ?? null).toBe(there.id);
      expect([await takeRun(db, here.id), await takeNextRun(db, here.id)]).toEqual([null, null]);
      expect(await pendingRuns(db, [here.id])).toEqual([]);
      await holder.query("ROLLBACK");
      await holder.end();
      await untilDone(place);
      expect(await pendingRuns(db, [here.id])).toMatchObject([{ id: here.id }]);
      expect((await takeNextRun(db, here.id))?.id).toBe(here.id);
      await db.run.deleteMany({ where: { id: { in: [here.id, there.id] } } });
      expect(await foundIn(api.databaseUrl, [ivo.memberId, ivo.userId, ivo.name, "ivo@example.org"])).toEqual([]);
      const left = (await foundIn(api.databaseUrl, [`${mark}ivo`])).join("\n");
      const still = (words: string[]) => words.filter((word) => left.includes(word));
      expect(still(plantedWords("ivo", "identity"))).toEqual([]);
      expect(still(plantedWords("ivo", "words"))).toEqual(plantedWords("ivo", "words"));
      const again = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
      expect([again.id, again.sha256]).toEqual([set.id, set.sha256]);
      const latter = await annotatorsIn(place, set.id);
      expect(latter.size).toBe(former.size);
      expect([...latter].filter((name) => former.has(name))).toHaveLength(former.size - 1);
      expect(await brokenInvariants(db, { outboxDrained: true })).toEqual([]);
      const named = (await admin.send("GET", "/api/members?limit=100")).body;
      expect(named).not.toContain("erased-");
    });

    it("came with a file: their name goes from their votes, and the file makes a new annotator of it", async () => {
      const place = at();
      const { api, admin, workspaceId } = place;
      const db = api.server.database;
      const made = await admin.send("POST", "/api/projects", { name: "Votes", overlap: 1, repeatShare: 0 });
      const { id } = made.json<{ id: string }>();
      const rows = [
        {
          prompt: "Why?",
          chosen: "Because.",
          rejected: "No.",
          annotator: "Zhou Yi",
        },
      ];
      expect((await importFile(admin, id, { format: "trl-preference" }, rows)).statusCode).toBe(201);
      const zhou = await db.member.findFirst({ where: { workspaceId, kind: "imported" } });
      if (!zhou) throw new Error("nobody came with the file");
      await erase(place, { memberId: zhou.id, name: zhou.name }, "all");
      await untilDone(place);
      expect(await foundIn(api.databaseUrl, [zhou.id, "Zhou Yi"])).toEqual([]);
      expect(await db.judgement.count({ where: { projectId: id } })).toBe(0);
      expect(await brokenInvariants(db, { outboxDrained: true })).toEqual([]);
    });
  });
}
