import { ImportView } from "@touchstone/contracts";
import { z } from "zod";

/** What both the raw insert and Prisma's rows have. */
const Row = z.object({
  id: z.string(),
  format: z.string(),
  fileName: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  createdAt: z.date(),
});

/** The columns under the names that `toImportView` reads. */
export const importColumns = `id, format, file_name AS "fileName", counts, created_at AS "createdAt"`;

export function toImportView(row: unknown): ImportView {
  const { counts, createdAt, ...rest } = Row.parse(row);
  return ImportView.parse({ ...rest, ...counts, createdAt: createdAt.toISOString() });
}
