import { z } from "zod";
import { QuestionName } from "../questions/question.ts";
import { AnswersTogether } from "./answers-together.ts";
import { ColumnMapping, ImportFormat } from "./datasets.ts";
import { Id, Name, Timestamp } from "./scalars.ts";

/** How a file is read, and what its rows are asked. */
const SavedReadingDraft = z.strictObject({
  format: ImportFormat,
  /** With `columns`. */
  mapping: ColumnMapping.nullable(),
  /** The questionnaire, where one was chosen: else the rows decide. */
  question: QuestionName.nullable(),
  /** Which answers stand together, where that was chosen. */
  together: AnswersTogether.nullable(),
});

const ColumnName = z.string().min(1).max(200);

export const SavedMappingDraft = z.strictObject({
  name: Name,
  /** The names of the columns that a file must have, these and no others, to be read so by itself. */
  header: z.array(ColumnName).min(1).max(400),
  reading: SavedReadingDraft,
});
export type SavedMappingDraft = z.infer<typeof SavedMappingDraft>;

/** What is left out stays as it is. A new reading comes with the columns that it is for. */
export const SavedMappingChange = SavedMappingDraft.partial();
export type SavedMappingChange = z.infer<typeof SavedMappingChange>;

export const SavedMappingView = z.object({
  id: Id,
  name: z.string(),
  header: z.array(z.string()),
  reading: SavedReadingDraft,
  member: z.object({ id: Id, name: z.string() }),
  createdAt: Timestamp,
});
export type SavedMappingView = z.infer<typeof SavedMappingView>;
