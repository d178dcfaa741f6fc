import { z } from "zod";
import { Problem } from "../problem.ts";
import { ImportQuery, ImportView } from "./datasets.ts";
import { Id, Timestamp, text } from "./scalars.ts";

/** How a file was brought: sent from somebody's machine, fetched from an address, or named in a folder of the server. */
export const SpoolOrigin = z.enum(["upload", "address", "folder"]);
export type SpoolOrigin = z.infer<typeof SpoolOrigin>;

/** A file that was brought for imports. It is kept for a while, and read as often as somebody looks at its receipt. */
export const SpooledFileView = z.object({
  id: Id,
  origin: SpoolOrigin,
  name: z.string(),
  /** Of an address that without its query, which may hold a secret; of a folder the path in it. */
  place: z.string().nullable(),
  /** Whether it is read where it lies, in the folder of the server: of all others the bytes are kept here. */
  inPlace: z.boolean(),
  /** Null where whoever sends it does not say. */
  bytes: z.number().int().nullable(),
  /** How much of it is there for good. */
  received: z.number().int(),
  state: z.enum(["arriving", "ready", "failed"]),
  /** Of all its bytes, once they are there. */
  sha256: z.string().nullable(),
  /** Why it did not arrive. */
  problem: Problem.nullable(),
  /** Whether an import of it has come to its end: it stays for an hour then, unless somebody works with it. */
  imported: z.boolean(),
  memberName: z.string().nullable(),
  createdAt: Timestamp,
  /** When it is removed, if nobody uses it before. */
  expiresAt: Timestamp,
});
export type SpooledFileView = z.infer<typeof SpooledFileView>;

/** What waits to be imported, and what else fits. */
export const SpoolView = z.object({
  items: z.array(SpooledFileView),
  /** Bytes of the whole workspace, and what they may be. */
  used: z.number().int(),
  room: z.number().int(),
  /** The largest file, in bytes. */
  largest: z.number().int(),
  /** How long a file stays that nobody uses. */
  keptHours: z.number(),
  /** Whether whoever runs this installation has named a folder to import from. */
  hasFolder: z.boolean(),
});
export type SpoolView = z.infer<typeof SpoolView>;

export const DownloadDraft = z.strictObject({
  url: text(4_000, 1),
  /** Sent as a bearer token to the address's own origin alone, and kept nowhere. */
  token: text(4_000, 1).optional(),
});
export type DownloadDraft = z.infer<typeof DownloadDraft>;

/** A file of the folder that whoever runs the installation has named. */
export const FolderFile = z.object({
  /** From the folder on, with “/” between the names. */
  path: z.string(),
  bytes: z.number().int(),
  changedAt: Timestamp,
});
export type FolderFile = z.infer<typeof FolderFile>;

export const FolderView = z.object({
  items: z.array(FolderFile),
  /** How many there are beyond those listed. */
  more: z.number().int(),
  /** Whether there are names besides that were not looked at: more than one look takes in, or too many folders deep. */
  cut: z.boolean(),
});
export type FolderView = z.infer<typeof FolderView>;

export const FolderChoice = z.strictObject({
  path: text(1_000, 1),
  copy: z
    .boolean()
    .default(false)
    .describe(
      "Whether it is copied here, as the files of a model must be: workers on other machines do not see the folder",
    ),
});
export type FolderChoice = z.infer<typeof FolderChoice>;

/** An import while it is made, and how it ended. Nothing of it is seen before it is done, and nothing stays otherwise. */
export const ImportJobView = z.object({
  id: Id,
  fileId: Id,
  fileName: z.string(),
  /** Whether the file is still there, so that the import can be begun again. */
  fileKept: z.boolean(),
  /** `interrupted`: the process that made it ended. */
  state: z.enum(["running", "done", "failed", "cancelled", "interrupted"]),
  /** It looks through the whole file first, then reads its rows, then writes them. */
  phase: z.enum(["looking", "reading", "writing"]),
  /** Of this phase. */
  bytesRead: z.number().int(),
  bytes: z.number().int(),
  rowsRead: z.number().int(),
  /** Null until the file was looked through. */
  rows: z.number().int().nullable(),
  /** Of writing, how many of its steps are done. */
  step: z.number().int(),
  steps: z.number().int().nullable(),
  result: ImportView.nullable(),
  problem: Problem.nullable(),
  /** What was asked for, to ask it once more. */
  query: ImportQuery,
  memberName: z.string().nullable(),
  createdAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type ImportJobView = z.infer<typeof ImportJobView>;
