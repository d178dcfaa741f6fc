import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type ArchivePair, deleteProject, rowsOf, storedBelow } from "../../harness/archive-pair.ts";
import { archiveOf, bringArchive, unpacked } from "../../harness/work-on-archives.ts";

/** What becomes of copies where something that they hold is erased or deleted. */
export function archivesOfWhatIsGone(pair: () => ArchivePair): void {
  describe("where something of it is erased or deleted", () => {
    it("the copies that lie in the store go, their page says so, and the next is without it", async () => {
      const { source, ada, projectId } = pair();
      const inStore = async () => (await storedBelow(source.filesDir)).filter((path) => path.startsWith("archives/"));
      expect(await inStore()).toHaveLength(1);
      const judge = await source.server.database.member.findFirstOrThrow({ where: { name: "bob@example.org" } });
      const { stamp } = (await ada.send("GET", `/api/members/${judge.id}/dependants`)).json<{ stamp: string }>();
      const sent = await ada.send("POST", `/api/members/${judge.id}/erasure`, { what: "all", name: judge.name, stamp });
      expect(sent.statusCode, sent.body).toBe(202);
      await expect
        .poll(() => source.server.database.erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 })
        .toBe(0);
      expect(await inStore()).toEqual([]);
      const page = (await ada.send("GET", `/api/projects/${projectId}/archive`)).json();
      expect(page).toMatchObject({ archive: { state: "removed", removedBecause: "erased", contents: null } });
      const refused = await ada.send("GET", `/api/projects/${projectId}/archive/file`);
      expect([refused.statusCode, refused.json()]).toMatchObject([409, { reason: "archiveRemoved" }]);
      const later = await unpacked(await archiveOf(source, ada, projectId));
      const told = JSON.stringify(
        [...later.keys()].flatMap((name) =>
          name.endsWith(".gz") ? [gunzipSync(later.get(name) ?? "").toString()] : [],
        ),
      );
      expect(told).not.toContain(judge.id);
      expect(rowsOf(later, "label_set_tombstone").filter(({ why }) => why === "erased").length).toBeGreaterThan(1);
    });

    it("comes back after its deletion to the people who are still there", async () => {
      const { source, ada, projectId } = pair();
      const kept = await archiveOf(source, ada, projectId);
      await source.server.database.run.updateMany({ where: { state: "waiting" }, data: { state: "cancelled" } });
      await deleteProject(source, ada, projectId);
      expect((await storedBelow(source.filesDir)).filter((path) => path.startsWith("archives/"))).toEqual([]);
      expect(await bringArchive(source, ada, kept)).toMatchObject({
        state: "ready",
        projectId,
        receipt: { people: { made: 0 }, models: { made: 0, known: 2 } },
      });
      const cleo = await source.server.database.member.findFirstOrThrow({ where: { name: "cleo@example.org" } });
      expect(cleo.kind).toBe("person");
      expect(await source.server.database.judgement.count({ where: { projectId, memberId: cleo.id } })).toBeGreaterThan(
        0,
      );
    });
  });
}
