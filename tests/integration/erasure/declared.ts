import { textColumns } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import type { ErasurePlace } from "../../harness/erasure-place.ts";

/** That no column of text, nor kind of file, is without a word on how it is erased. */
export function declaredTexts(at: () => ErasurePlace): void {
  describe("every column and file", () => {
    it("of text says what it holds of a person and how that is erased", async () => {
      const db = at().api.server.database;
      const rows = await db.$queryRaw<{ table: string; column: string }[]>`
      SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
      JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
        AND (c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'tsvector') OR c.udt_name IN ('_text', '_varchar', '_jsonb'))
      ORDER BY 1, 2`;
      const declared = (table: string, column: string) => textColumns[table]?.[column] !== undefined;
      const missing = rows.filter(({ table, column }) => !declared(table, column));
      expect(
        missing.map(({ table, column }) => `${table}.${column}`),
        "Say in packages/persistence/src/erasure/columns.ts, under its table, what each of these columns holds of a person (identity, words, material or nothing) and what erasing does to it; one of identity or words is then planted by tests/harness/planted-person.ts and erased by erasure/begin.ts, rest.ts or the functions of migration erasure.",
      ).toEqual([]);
      const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
      const gone = Object.entries(textColumns).flatMap(([table, columns]) =>
        Object.keys(columns).flatMap((column) => (there.has(`${table}.${column}`) ? [] : [`${table}.${column}`])),
      );
      expect(gone, "These are declared in erasure/columns.ts, and no table has them.").toEqual([]);
    });
  });
}
