import { z } from "zod";
import { Problem } from "../problem.ts";
import { Id, Timestamp, text } from "./scalars.ts";

/** The form in which projects are written, raised when an older product would misread a newer file. */
export const archiveForm = 1;

/** Being uploaded (to an earlier version), waiting for a worker, in its hands, there, not to be had, stopped, or removed for what is no longer to be in it. */
export const ArchiveState = z.enum(["arriving", "waiting", "working", "ready", "failed", "cancelled", "removed"]);
export type ArchiveState = z.infer<typeof ArchiveState>;

/** What lies in an archive of a project. */
export const ArchiveContents = z.object({
  /** Rows of each table, by its name. */
  tables: z.record(z.string(), z.number().int()),
  /** Pictures and sounds, and what models are made of. */
  media: z.number().int(),
  models: z.number().int(),
  /** Files that rows name and that were not in the store: the first hundred, and how many in all. */
  missing: z.array(z.string()),
  missingFiles: z.number().int(),
});
export type ArchiveContents = z.infer<typeof ArchiveContents>;

/** What a worker is at: looking through the parts of a file, storing or writing files, making or writing rows. */
export const ArchivePhase = z.enum(["checking", "files", "rows"]);
export type ArchivePhase = z.infer<typeof ArchivePhase>;

const Progress = z.object({
  state: ArchiveState,
  /** Null while no worker has it. */
  phase: ArchivePhase.nullable(),
  /** Of this phase, how many parts, files or tables are done, and of how many once that is known. */
  step: z.number().int(),
  steps: z.number().int().nullable(),
  /** So far, and in all once that is known. */
  rows: z.number().int(),
  totalRows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  askedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  problem: Problem.nullable(),
});

/** The archive of a project that is here. */
export const ArchiveView = Progress.extend({
  sha256: z.string().nullable(),
  contents: ArchiveContents.nullable(),
  /** Somebody was erased, or prompts deleted, after it was written. */
  removedBecause: z.enum(["erased", "deleted"]).nullable(),
});
export type ArchiveView = z.infer<typeof ArchiveView>;

/** What became of an archive that was brought. */
export const ArchiveReceipt = z.object({
  contents: ArchiveContents,
  /** Of the product that wrote it, and when. */
  version: z.string(),
  madeAt: Timestamp,
  /** Whose work it holds: made here without a way in; here already, with the same ids; with another pseudonym, as theirs was taken. */
  people: z.object({ made: z.number().int(), known: z.number().int(), renamed: z.number().int() }),
  /** Models made here, and those with the same ids that were here already and stay as they are. */
  models: z.object({ made: z.number().int(), known: z.number().int() }),
});
export type ArchiveReceipt = z.infer<typeof ArchiveReceipt>;

/** An archive that somebody brought, and how far it is. */
export const BroughtArchive = Progress.extend({
  id: Id,
  name: z.string(),
  projectId: Id.nullable(),
  projectName: z.string().nullable(),
  receipt: ArchiveReceipt.nullable(),
});
export type BroughtArchive = z.infer<typeof BroughtArchive>;

/** An upload that is there whole. */
export const UploadedArchive = z.strictObject({ fileId: Id });

/** What the file is called where it comes from. */
export const BroughtArchiveQuery = z.strictObject({ name: text(200, 1).default("archive.zip") });
