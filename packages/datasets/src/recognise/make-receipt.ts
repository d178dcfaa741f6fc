import { createHash } from "node:crypto";
import {
  type AnswersTogether,
  type ColumnMapping,
  type DomainError,
  type ImportReceipt,
  type Questions,
  togetherAsked,
} from "@touchstone/contracts";
import { hasMargins, type ImportSource } from "../formats/import-source.ts";
import type { MarginScale } from "../formats/margin-scale.ts";
import type { KnownMedia } from "../media/find-media.ts";
import { valueAt } from "../read/fields.ts";
import { noMedia } from "../read-import.ts";
import type { AskedOfRows } from "../task-plan.ts";
import { askedFor, questionsOf, togetherOf } from "./asked-for.ts";
import { checkRows } from "./check-rows.ts";
import { Findings } from "./findings/findings.ts";
import { lookAt, type ReadingWish } from "./look-at-file.ts";
import { exampleAt } from "./profile.ts";
import type { FileToImport } from "./read-all.ts";
import { assumedWarnings, badRowWarnings, decodedWarnings, unreadable } from "./reading-warnings.ts";
import { refusalOf } from "./refusal.ts";
import { Tally } from "./tally.ts";
import {
  columnsOf,
  contentWarnings,
  findingWarnings,
  lacksPrompt,
  promptFromAnswers,
  unusedColumns,
  warn,
} from "./warnings.ts";

export interface ReceiptWish extends ReadingWish {
  /** Which answers stand together in a task, where that is chosen and no questionnaire is. */
  readonly together?: AnswersTogether | undefined;
  /** What the project's own questionnaires ask, by their names. */
  readonly questionnaires?: Readonly<Record<string, Questions>> | undefined;
  /** Judgements that the project wants of each task. */
  readonly overlap: number;
  /** What rows can name. */
  readonly media?: KnownMedia | undefined;
}

/** A receipt, the reading it is about, and the error that an import of it would end in. */
export interface Recognition {
  readonly receipt: ImportReceipt;
  readonly source: ImportSource;
  /** Why nothing can be imported as it is. */
  readonly refusal: DomainError | null;
  /** Why not all rows can. */
  readonly badRow: DomainError | null;
}

/**
 * Reads a file to its end, twice: once to see what it is made of (once more where it has columns of JSON), once as it would
 * be imported. Nothing is written, and whatever would be dropped, assumed or refused is on the receipt.
 *
 * @throws DomainError where the file has no row or is larger than any import may be.
 */
export async function makeReceipt(file: FileToImport, wish: ReceiptWish): Promise<Recognition> {
  const media = wish.media ?? noMedia;
  const look = await lookAt(file, media, wish);
  const { profile, proposal, broken, encoding, margins, apostrophes } = look;
  const columns = [...profile.columns.values()];
  const source = withMargins(proposal.source, margins.scale());
  const asked = look.asked ?? askedFor(proposal, columns, wish.together);
  const findings = await Findings.open(profile.rows);
  const checked = lacksPrompt(profile, source) ? null : await checkRows(file, source, asked, media, findings, profile);
  const tally = checked?.tally ?? new Tally(asked);
  const found = findings.view(tally);
  const received = columnsOf(profile, source);
  const ignored = source.format === "columns" ? (source.mapping.ignore ?? []) : [];
  const paths = columns.map(({ path }) => path);
  const warnings = [
    ...(broken ? [unreadable(broken)] : []),
    ...(checked ? checked.names.warnings(paths) : [warn("noPrompt", "stop", { known: paths.slice(0, 30).join(", ") })]),
    ...badRowWarnings(checked),
    ...decodedWarnings(encoding),
    ...(apostrophes.count > 0 ? [warn("apostrophes", "note", { count: apostrophes.count }, apostrophes.lines)] : []),
    ...assumedWarnings(proposal),
    ...promptFromAnswers(profile, source),
    ...unusedColumns(profile, received, ignored),
    ...(checked ? contentWarnings(checked.tally, source, wish.overlap) : []),
    ...findingWarnings(found),
  ];
  const counts = tally.counts(wish.overlap);
  const mapping = source.format === "columns" ? source.mapping : null;
  const receipt: ImportReceipt = {
    format: source.format,
    mapping,
    question: asked.name,
    reason: proposal.reason,
    header: [...profile.header],
    saved: look.saved,
    shows: { least: asked.least, most: asked.most },
    together: togetherOf(asked),
    columns: received,
    sample: look.firstRows.map(({ line, value }) => ({
      line,
      cells: received.map(({ path }) => exampleAt(valueAt(value, path))),
    })),
    counts: { ...counts, rows: profile.rows, badRows: checked?.badRows ?? 0 },
    badRows: checked?.named ?? [],
    warnings,
    findings: found,
    tasks: checked?.tasks.tasks ?? [],
    questionnaires: questionsOf(checked?.tasks.tasks ?? [], source, wish.questionnaires),
    preview: checked?.preview ?? [],
    digest: digestOf(file.sha256, source.format, mapping, asked, checked?.tally.mediaDigest()),
  };
  return { receipt, source, refusal: refusalOf(broken, warnings), badRow: checked?.firstBad ?? null };
}

/** One rule for all margins of the file; a stated one stays. */
function withMargins(source: ImportSource, margins: MarginScale): ImportSource {
  return hasMargins(source) ? { margins, ...source } : source;
}

/** @param media of the files that the rows show; none where they show none. */
function digestOf(
  file: string,
  format: string,
  mapping: ColumnMapping | null,
  asked: AskedOfRows,
  media: string | undefined,
): string {
  const chosen = Object.entries(togetherAsked(togetherOf(asked)));
  return createHash("sha256")
    .update(
      JSON.stringify([
        ...[file, format, mapping, asked.name],
        ...(media === undefined ? [] : [media]),
        ...(chosen.length === 0 ? [] : [chosen]),
      ]),
    )
    .digest("hex");
}
