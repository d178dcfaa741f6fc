import { DomainError, type ImportReceipt } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { unfolded } from "../formats/json-columns.ts";
import { openMarginScale } from "../formats/margin-scale.ts";
import type { KnownMedia } from "../media/find-media.ts";
import { withMarks, wordsIn } from "../media/marks.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { fileProblem } from "../read/line-problem.ts";
import type { FileKind } from "../read/read-rows.ts";
import { addMargin, promptColumnOf } from "../read-import.ts";
import type { AskedOfRows } from "../task-plan.ts";
import { withVoteValues } from "./given-votes.ts";
import { type Occurrences, occurred } from "./occurrences.ts";
import { FileProfile, jsonColumns } from "./profile.ts";
import { type Proposal, propose } from "./propose.ts";
import { type FileToImport, readAll } from "./read-all.ts";
import { readingFor, type SavedReading } from "./saved-reading.ts";

/** Rows of the table in which somebody points at columns. */
const sampleRows = 5;

/** What somebody says of how a file is read, and of what its rows are asked. */
export interface ReadingWish {
  /** How the file is to be read; null leaves it to its content. */
  readonly source: ImportSource | null;
  /** Null leaves it to the rows: `standardQuestionnaires`. */
  readonly asked: AskedOfRows | null;
  /** Readings that are taken by themselves where a file has their columns, newest first. */
  readonly saved?: readonly SavedReading[] | undefined;
}

interface Look {
  readonly profile: FileProfile;
  readonly proposal: Proposal;
  /** The questionnaire that was chosen, now or with a saved reading. */
  readonly asked: AskedOfRows | null;
  readonly saved: ImportReceipt["saved"];
  readonly broken: DomainError | null;
  readonly encoding: FileKind["encoding"];
  readonly firstRows: readonly JsonRow[];
  readonly apostrophes: Occurrences;
  readonly margins: ReturnType<typeof openMarginScale>;
}

/**
 * What the file is made of, and how it is read: as was said, as was saved for its columns, or as is proposed. Columns of JSON
 * are unfolded where each column is named; a known format takes its columns as they are.
 *
 * @throws DomainError where the file has no row.
 */
export async function lookAt(file: FileToImport, media: KnownMedia, wish: ReadingWish): Promise<Look> {
  const first = await profileOf(file, media, wish.source);
  const { header, rows } = first.profile;
  if (rows === 0) throw first.broken ?? fileProblem("fileNoRows");
  const { asked } = wish;
  if (wish.source) return { ...first, asked, saved: null, proposal: given(wish.source, first.profile, "given") };
  const saved = readingFor(header, wish.saved ?? []);
  if (saved) {
    const { id, name, source } = saved;
    const json = source.format === "columns" && source.mapping.json !== undefined;
    const look = json ? await profileOf(file, media, source) : first;
    const by = { asked: asked ?? saved.asked, saved: { id, name } };
    return { ...look, ...by, proposal: given(source, look.profile, "saved") };
  }
  const json = jsonColumns(first.profile).slice(0, mostJson);
  if (json.length > 0) {
    const look = await profileOf(file, media, { format: "columns", mapping: { json } });
    const { source, ...proposal } = propose([...look.profile.columns.values()]);
    if (source.format === "columns") {
      const mapping = { ...source.mapping, json };
      return { ...look, asked, saved: null, proposal: { ...proposal, source: { ...source, mapping } } };
    }
  }
  return { ...first, asked, saved: null, proposal: propose([...first.profile.columns.values()]) };
}

/** As many as a mapping holds. */
const mostJson = 50;

function given(source: ImportSource, profile: FileProfile, reason: "given" | "saved"): Proposal {
  return { ...withVoteValues(source, profile), reason };
}

async function profileOf(file: FileToImport, media: KnownMedia, source: ImportSource | null) {
  const profile = new FileProfile();
  const margins = openMarginScale();
  const firstRows: JsonRow[] = [];
  const apostrophes: Occurrences = { count: 0, lines: [] };
  let encoding: FileKind["encoding"] = "utf-8";
  const broken = await readAll(
    file,
    (row) => {
      const inside = inWords(row, media, source);
      profile.add(inside);
      if (firstRows.length < sampleRows) firstRows.push(inside);
      addMargin(margins, row);
    },
    undefined,
    {
      onKind: (kind) => {
        encoding = kind.encoding;
      },
      onApostrophe: (line) => occurred(apostrophes, line),
    },
  );
  return { profile, margins, broken, encoding, firstRows, apostrophes };
}

/** The row as its columns are told of: with the names of files in their texts, and as it is where it cannot be taken. */
function inWords(given: JsonRow, known: KnownMedia, source: ImportSource | null): JsonRow {
  const row = asUnfolded(given, source);
  try {
    const marked = withMarks(row, known, source ? promptColumnOf(source) : undefined);
    return marked.media.size === 0 ? marked.row : { line: row.line, value: wordsIn(marked.row.value, marked.media) };
  } catch (error) {
    if (error instanceof DomainError) return row;
    throw error;
  }
}

/** The row with its columns of JSON unfolded, and as it is where one of them is no JSON. */
export function asUnfolded(row: JsonRow, source: ImportSource | null): JsonRow {
  if (source?.format !== "columns") return row;
  try {
    return unfolded(row, source.mapping);
  } catch (error) {
    if (error instanceof DomainError) return row;
    throw error;
  }
}
