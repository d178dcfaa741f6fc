import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  type ArchivePair,
  changed,
  editManifest,
  editRow,
  type Parts,
  type Row,
  storedBelow,
} from "../../harness/archive-pair.ts";
import { bringArchive, sendArchive } from "../../harness/work-on-archives.ts";

/** What is refused, and that nothing of it stays. */
export function refusedArchives(pair: () => ArchivePair): void {
  describe("an archive that is not whole, or not of one project", () => {
    const altered = (change: (parts: Parts) => void, relisted = false) => changed(pair().parts, change, relisted);
    const elsewhere = "0198a000-0000-7000-8000-000000000001";
    const judgements = "tables/judgement.jsonl.gz";
    it.each<[string, string, () => Promise<Buffer>]>([
      ["half a file", "archiveDamaged", async () => pair().archive.subarray(0, pair().archive.length / 2)],
      [
        "a name that leads out",
        "archiveUnknownPart",
        () => altered((copy) => copy.set("../../etc/passwd", Buffer.from("x"))),
      ],
      [
        "a part that is not on the list",
        "archiveUnknownPart",
        () => altered((copy) => copy.set("media/more", Buffer.from("x"))),
      ],
      ["a part less", "archivePartMissing", () => altered((copy) => copy.delete(judgements))],
      [
        "a part that was changed",
        "archivePartChanged",
        () => altered((copy) => copy.set(judgements, gzipSync("{}\n"))),
      ],
      ["no list", "archiveForeign", () => altered((copy) => copy.delete("manifest.json"))],
      [
        "a list of something else",
        "archiveForeign",
        () => altered(editManifest((list) => Object.assign(list, { format: "x" }))),
      ],
      [
        "a later form",
        "archiveNewer",
        () => altered(editManifest((list) => Object.assign(list, { form: 2, version: "9.0" }))),
      ],
      [
        "a table that is not known here",
        "archiveNewer",
        () =>
          altered(
            editManifest((list) =>
              Object.assign(list.tables as Row, {
                tale: { rows: 1, bytes: 1, columns: ["id"], sha256: "a".repeat(64) },
              }),
            ),
          ),
      ],
      [
        "a row of another project",
        "archiveRowOutside",
        () =>
          altered(
            editRow("prompt", (row) => ({ ...row, project_id: elsewhere })),
            true,
          ),
      ],
      [
        "a row that hangs on another project's",
        "archiveRowOutside",
        () =>
          altered(
            editRow("completion", (row) => ({ ...row, prompt_id: elsewhere })),
            true,
          ),
      ],
      [
        "a row that is no JSON",
        "archiveRowUnread",
        () =>
          altered(
            editRow("prompt", () => "{"),
            true,
          ),
      ],
      [
        "a row without what it needs",
        "archiveRowUnread",
        () =>
          altered(
            editRow("judgement", (row) => ({ ...row, task_id: null })),
            true,
          ),
      ],
    ])("is refused with %s, and nothing of it is kept", async (_, reason, made) => {
      const { target, eve } = pair();
      const brought = await bringArchive(target, eve, await made());
      expect(brought).toMatchObject({ state: "failed", projectId: null, problem: { reason } });
      expect(brought.problem?.detail.length).toBeGreaterThan(40);
      const db = target.server.database;
      const left = await Promise.all([db.project.count(), db.member.count(), db.prompt.count(), db.media.count()]);
      expect(left).toEqual([0, 1, 0, 0]);
      expect(await storedBelow(target.filesDir)).toEqual([]);
    });

    it("is refused at once where it is no zip", async () => {
      const { target, eve } = pair();
      const sent = await sendArchive(eve, Buffer.from("{}\n"));
      expect([sent.statusCode, sent.json()]).toMatchObject([422, { reason: "archiveDamaged" }]);
      expect(await target.server.database.projectArchive.count({ where: { state: { not: "failed" } } })).toBe(0);
    });
  });
}
