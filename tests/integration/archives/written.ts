import { createHash } from "node:crypto";
import type { ArchiveView } from "@touchstone/contracts";
import { archiveTables } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { type ArchivePair, rowsOf } from "../../harness/archive-pair.ts";

/** What a copy of a whole project holds, and how it is sent. */
export function writtenArchives(pair: () => ArchivePair): void {
  describe("the copy of a whole project", () => {
    it("says of every table whether its rows travel", async () => {
      const { source } = pair();
      const rows = await source.server.database.$queryRaw<{ table: string }[]>`
      SELECT table_name AS table FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY 1`;
      expect(
        Object.keys(archiveTables).sort(),
        "Say in packages/persistence/src/archives/tables.ts whether rows of each table travel with their project, or why they stay; fill those that do in tests/harness/filled-project.ts.",
      ).toEqual(rows.map(({ table }) => table).sort());
    });

    it("has rows of every table that travels, and nothing by which anybody signs in or is written to", () => {
      const { parts } = pair();
      const manifest = JSON.parse(String(parts.get("manifest.json")));
      const travelling = Object.keys(archiveTables).filter((table) => archiveTables[table]?.travels);
      expect(travelling.filter((table) => !(manifest.tables[table]?.rows > 0))).toEqual([]);
      const told = JSON.stringify(travelling.map((table) => rowsOf(parts, table)));
      expect(told).not.toMatch(/@example\.org|"Ada"|\$argon2/);
      const members = rowsOf(parts, "member");
      expect(members.map(({ kind, role }) => [kind, role])).toEqual(members.map(() => ["imported", "annotator"]));
      expect(members.map(({ name }) => name)).toContain("Zhou Yi");
      expect(rowsOf(parts, "lease").map(({ token }) => token)).toEqual(rowsOf(parts, "lease").map(() => ""));
      expect(manifest.contents).toMatchObject({ media: 2, models: 2, missingFiles: 0 });
      expect(Object.keys(manifest.stays)).toEqual(
        expect.arrayContaining(["user", "schedule", "webhook", "checkpoint"]),
      );
    });

    it("is sent as HTTP has it, to admins alone, and told of in the audit", async () => {
      const { ada, projectId, archive } = pair();
      const url = `/api/projects/${projectId}/archive/file`;
      const etag = `"${createHash("sha256").update(archive).digest("hex")}"`;
      const head = await ada.send("GET", url, undefined, { range: "bytes=0-3" });
      expect([head.statusCode, head.body, head.headers.etag]).toEqual([206, "PK\u0003\u0004", etag]);
      expect((await ada.send("GET", url, undefined, { "if-none-match": etag })).statusCode).toBe(304);
      const { archive: view } = (await ada.send("GET", `/api/projects/${projectId}/archive`)).json<{
        archive: ArchiveView;
      }>();
      expect(view).toMatchObject({
        state: "ready",
        bytes: archive.length,
        sha256: etag.slice(1, -1),
        rows: view.totalRows,
      });
      const audit = (await ada.send("GET", "/api/audit")).json<{ items: { action: string }[] }>();
      expect(audit.items.map(({ action }) => action).filter((action) => action.startsWith("archive."))).toEqual([
        ...["archive.taken", "archive.asked"],
      ]);
    });
  });
}
