import { TableShape } from "@touchstone/persistence";
import { z } from "zod";

// What lies in a backup, a gzipped tar, in this order:
//   about.json                     what it is of, so that a restore can refuse before it writes anything
//   settings/secret                signs cookies; absent where the environment brings it
//   files/PATH                     models, checkpoints, pictures and sounds, as below the files folder
//   database/TABLE/000001.copy …   rows in COPY's text form, each part whole rows
//   manifest.json                  what must have been read: its presence also says that the archive is whole

export const aboutEntry = "about.json";
export const secretEntry = "settings/secret";
export const manifestEntry = "manifest.json";
export const filesFolder = "files/";
export const databaseFolder = "database/";

/** Raised when an older restore would misread a newer archive. */
export const archiveForm = 1;

const Migration = z.object({ name: z.string(), checksum: z.string() });

export const About = z.object({
  form: z.number().int(),
  product: z.literal("touchstone"),
  version: z.string(),
  madeAt: z.string(),
  migrations: z.array(Migration),
  tables: z.array(TableShape),
  /** Whether the secret of the data folder is in it; else it was that of the environment, or there was none yet. */
  secret: z.boolean(),
});
export type About = z.infer<typeof About>;

const RowFigures = z.object({ rows: z.number().int(), sha256: z.string() });
const FileFigures = z.object({ bytes: z.number().int(), sha256: z.string() });

export const Manifest = z.object({
  tables: z.record(z.string(), RowFigures),
  sequences: z.record(z.string(), z.string()),
  files: z.record(z.string(), FileFigures),
  /** Named by the database and not there when the backup was made, or not what it was when it was written. */
  unsound: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;
