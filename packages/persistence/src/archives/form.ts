import { ArchiveContents, Timestamp } from "@touchstone/contracts";
import { z } from "zod";

// What lies in the archive of a project, a zip whose files are stored as they are:
//   tables/TABLE.jsonl.gz   its rows, an object a line
//   media/SHA256            pictures and sounds
//   files/PATH              what models are made of, by their path below the files folder
//   manifest.json           the list of all these, written last: without it the archive is not whole

export const manifestEntry = "manifest.json";
export const tableEntry = (table: string) => `tables/${table}.jsonl.gz`;
export const mediaEntry = (sha256: string) => `media/${sha256}`;
export const fileEntry = (path: string) => `files/${path}`;

/**
 * Pictures, sounds and files of models in one archive. With the tables they are fewer than 65,535, beyond which a zip counts
 * its files in another way, which what writes it here doesn't know.
 */
export const mostFiles = 65_000;

/** Of a part as it lies in the archive. */
const Part = z.object({ bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const TablePart = Part.extend({ rows: z.number().int().min(0), columns: z.array(z.string().min(1)).min(1) });

/** What files of models are called: below these folders nothing lies that a worker goes on from. */
const ModelPath = z.string().regex(/^(?:models|runs)\/(?:[A-Za-z0-9._-]+\/)*[A-Za-z0-9._-]+$/);

export const Manifest = z.object({
  format: z.literal("touchstone-project-archive"),
  form: z.number().int(),
  version: z.string(),
  /** The newest migration of the database that it was written from. */
  schema: z.string(),
  madeAt: Timestamp,
  project: z.object({ id: z.uuid(), name: z.string() }),
  tables: z.record(z.string(), TablePart),
  media: z.array(Part),
  files: z.array(Part.extend({ path: ModelPath })),
  contents: ArchiveContents,
  /** For whoever looks into it: what is not in here, and why, by table. */
  stays: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;
export type TablePart = z.infer<typeof TablePart>;

/** Enough of any version's list to say that it is of another one. */
export const AnyManifest = z.object({
  format: z.literal("touchstone-project-archive"),
  form: z.number().int(),
  version: z.string(),
});
