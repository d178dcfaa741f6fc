import { ImportView, TemplateName } from "@touchstone/contracts";
import { z } from "zod";

/** What both the raw insert and Prisma's rows have. */
const Row = z.object({
  id: z.string(),
  format: z.string(),
  fileName: z.string().nullable(),
  /** Of a file its columns; of a template's examples the template. */
  mapping: z.unknown(),
  counts: z.record(z.string(), z.number()),
  createdAt: z.date(),
});

const OfTemplate = z.object({ template: TemplateName });

/** The columns under the names that `toImportView` reads. */
export const importColumns = `id, format, file_name AS "fileName", mapping, counts, created_at AS "createdAt"`;

export function toImportView(row: unknown): ImportView {
  const { counts, createdAt, mapping, ...rest } = Row.parse(row);
  const template = OfTemplate.safeParse(mapping).data?.template ?? null;
  return ImportView.parse({ ...rest, ...counts, template, createdAt: createdAt.toISOString() });
}
