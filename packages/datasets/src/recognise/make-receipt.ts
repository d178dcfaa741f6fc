import { createHash } from "node:crypto";
import {
  broughtQuestionnaires,
  type ColumnMapping,
  completionsOf,
  DomainError,
  type ImportReceipt,
  isBroughtName,
  type ReceiptWarning,
  type StandardName,
} from "@touchstone/contracts";
import { hasMargins, type ImportSource } from "../formats/import-source.ts";
import { type MarginScale, openMarginScale } from "../formats/margin-scale.ts";
import type { ImportRow } from "../import-row.ts";
import type { KnownMedia } from "../media/find-media.ts";
import { withMarks, wordsIn } from "../media/marks.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { fileProblem } from "../read/line-problem.ts";
import { type FileKind, openRows } from "../read/read-rows.ts";
import { addMargin, isLeftOut, isSkip, noMedia, promptColumnOf, rowReader, tasksOf, tryRow } from "../read-import.ts";
import { FileLook } from "../shapes/shape.ts";
import { shapeOf } from "../shapes/shapes.ts";
import { Contradictions } from "./contradictions.ts";
import type { Columns } from "./find-answers.ts";
import { Findings } from "./findings/findings.ts";
import { withVoteValues } from "./given-votes.ts";
import { NameCheck } from "./name-check.ts";
import { type Occurrences, occurred, promptKey } from "./occurrences.ts";
import { FileProfile } from "./profile.ts";
import { type Proposal, propose } from "./propose.ts";
import { covers } from "./roles.ts";
import { type AskedOfRows, Tally } from "./tally.ts";
import { warningIssue, warningText } from "./warning-text.ts";
import {
  columnsOf,
  contentWarnings,
  findingWarnings,
  lacksPrompt,
  promptFromAnswers,
  unusedColumns,
  warn,
} from "./warnings.ts";

/** A file that can be read more than once. */
export interface FileToImport {
  read(): AsyncIterable<Uint8Array>;
  readonly sha256: string;
}

export interface ReceiptWish {
  /** How the file is to be read; null leaves it to its content. */
  readonly source: ImportSource | null;
  /** Null leaves it to the rows: `standardQuestionnaires`. */
  readonly asked: AskedOfRows | null;
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

/** What every project can ask. */
export const standardQuestionnaires = {
  preference: askedBy("preference"),
  rating: askedBy("rating"),
} as const satisfies Record<StandardName, AskedOfRows>;

function askedBy(name: StandardName): AskedOfRows {
  return { name, ...completionsOf([{ kind: name }]) };
}

const mostBadRows = 20;
const previewRows = 5;

/**
 * Reads a file to its end, twice: once to see what it is made of, once as it would be imported. Nothing is written, and
 * whatever would be dropped, assumed or refused is on the receipt.
 *
 * @throws DomainError where the file has no row or is larger than any import may be.
 */
export async function makeReceipt(file: FileToImport, wish: ReceiptWish): Promise<Recognition> {
  const profile = new FileProfile();
  const margins = openMarginScale();
  const media = wish.media ?? noMedia;
  let encoding: FileKind["encoding"] = "utf-8";
  const apostrophes: Occurrences = { count: 0, lines: [] };
  const broken = await readAll(
    file,
    (row) => {
      profile.add(inWords(row, media, wish.source));
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
  if (profile.rows === 0) throw broken ?? fileProblem("fileNoRows");
  const columns = [...profile.columns.values()];
  const proposal: Proposal = wish.source
    ? { ...withVoteValues(wish.source, profile), reason: "given" }
    : propose(columns);
  const source = withMargins(proposal.source, margins.scale());
  const asked = wish.asked ?? askedFor(proposal, columns);
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
    ...(proposal.assumedGrades ? [warn("gradeDirection", "confirm", { column: voteColumn(source) })] : []),
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
    columns: received,
    counts: { ...counts, rows: profile.rows, badRows: checked?.badRows ?? 0 },
    badRows: checked?.named ?? [],
    warnings,
    findings: found,
    preview: checked?.preview ?? [],
    digest: digestOf(file.sha256, source.format, mapping, asked.name, checked?.tally.mediaDigest()),
  };
  return { receipt, source, refusal: refusalOf(broken, warnings), badRow: checked?.firstBad ?? null };
}

/** One rule for all margins of the file; a stated one stays. */
function withMargins(source: ImportSource, margins: MarginScale): ImportSource {
  return hasMargins(source) ? { margins, ...source } : source;
}

interface Told {
  readonly onKind?: (kind: FileKind) => void;
  readonly onApostrophe?: (line: number) => void;
}

/** @returns why the file cannot be read to its end, or null. */
async function readAll(
  file: FileToImport,
  use: (row: Parameters<FileProfile["add"]>[0]) => void,
  source?: ImportSource,
  { onKind, onApostrophe }: Told = {},
): Promise<DomainError | null> {
  try {
    const { kind, rows } = await openRows(file.read(), { onApostrophe });
    onKind?.(kind);
    for await (const row of source ? tasksOf(source, rows) : rows) use(row);
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid_line") return error;
    throw error;
  }
}

interface CheckedRows {
  readonly tally: Tally;
  readonly names: NameCheck;
  readonly named: ImportReceipt["badRows"];
  readonly preview: ImportReceipt["preview"];
  badRows: number;
  firstBad: DomainError | null;
}

/** The row as its columns are told of: with the names of files in their texts, and as it is where it cannot be taken. */
function inWords(row: JsonRow, known: KnownMedia, source: ImportSource | null): JsonRow {
  try {
    const marked = withMarks(row, known, source ? promptColumnOf(source) : undefined);
    return marked.media.size === 0 ? marked.row : { line: row.line, value: wordsIn(marked.row.value, marked.media) };
  } catch (error) {
    if (error instanceof DomainError) return row;
    throw error;
  }
}

async function checkRows(
  file: FileToImport,
  source: ImportSource,
  asked: AskedOfRows,
  media: KnownMedia,
  findings: Findings,
  profile: FileProfile,
): Promise<CheckedRows> {
  const read = rowReader(source, media);
  const said = namedBeside(source, profile);
  const contradictions = new Contradictions(source, said.place);
  const checked: CheckedRows = {
    tally: new Tally(asked, said.gold),
    names: new NameCheck(source),
    named: [],
    preview: [],
    badRows: 0,
    firstBad: null,
  };
  await readAll(
    file,
    (row) => {
      checked.names.add(row);
      if (isSkip(source, row)) {
        checked.tally.addSkip(row.line);
        return;
      }
      const taken = tryRow(read, row);
      const problem = taken instanceof DomainError ? taken : contradictions.add(taken);
      if (problem) {
        findings.leaveOut(problem, row.line);
        return addBad(checked, problem, row.line);
      }
      if (taken instanceof DomainError) return;
      const prompt = promptKey(taken);
      checked.tally.add(taken, prompt);
      findings.add(taken, prompt);
      if (isLeftOut(source, row)) occurred(checked.tally.leftOut, row.line);
      if (checked.preview.length < previewRows) checked.preview.push(shown(taken));
    },
    source,
  );
  return checked;
}

/** Formats whose rows name their place and the known answer in columns of these very names, or nowhere. */
const plainFormats: readonly string[] = ["trl-preference", "hh", "prompts"];

/** Whether rows can name a cluster or a split, and a known answer: of a million rows that can't, nothing need be kept. */
function namedBeside(source: ImportSource, profile: FileProfile): { place: boolean; gold: boolean } {
  if (source.format === "columns") {
    const { cluster, split, gold } = source.mapping;
    return { place: (cluster ?? split) !== undefined, gold: gold !== undefined };
  }
  // Of a file with more columns than are looked at, any may be among the others.
  if (!plainFormats.includes(source.format) || profile.overflow > 0) return { place: true, gold: true };
  const has = (...names: string[]) =>
    [...profile.columns.keys()].some((path) => names.some((name) => covers(name, path)));
  return { place: has("cluster", "split"), gold: has("gold") };
}

function addBad(checked: CheckedRows, problem: DomainError, line: number): void {
  checked.badRows += 1;
  checked.firstBad ??= problem;
  if (checked.named.length >= mostBadRows) return;
  const { path, ...issue } = problem.issues?.[0] ?? { path: problem.path ?? "", message: problem.message };
  const field = path.replace(/^lines\.\d+\.?/, "");
  checked.named.push({ line, field: field === "" ? null : field, ...issue });
}

function unreadable(broken: DomainError): ReceiptWarning {
  const warning = warn("unreadable", "stop", { message: broken.message });
  const [issue] = broken.issues ?? [];
  return issue ? { ...warning, issue } : warning;
}

/** UTF-16 says that it is; of the other one it is a guess, which somebody has to look at. */
function decodedWarnings(encoding: FileKind["encoding"]): ReceiptWarning[] {
  if (encoding === "utf-8") return [];
  return [warn("decoded", encoding === "gb18030" ? "confirm" : "note", { encoding: encoding.toUpperCase() })];
}

function badRowWarnings(checked: CheckedRows | null): ReceiptWarning[] {
  if (!checked || checked.badRows === 0) return [];
  const lines = checked.named.slice(0, 10).map(({ line }) => line);
  // With no row left there is nothing to import.
  return [warn("badRows", checked.tally.rows === 0 ? "stop" : "confirm", { count: checked.badRows }, lines)];
}

function shown({ line, prompt, completions }: ImportRow): ImportReceipt["preview"][number] {
  return {
    line,
    prompt: prompt.map(({ role, content, media, tool_calls }) => ({
      role,
      content,
      ...(media ? { media } : {}),
      ...(tool_calls ? { tool_calls } : {}),
    })),
    answers: completions.map(({ text, model, media }) => ({
      text,
      model: model ?? null,
      ...(media ? { media: [...media] } : {}),
    })),
  };
}

/** One answer a prompt can only be rated; a shape says what its own judgements answer. */
function askedFor({ source }: Proposal, columns: Columns): AskedOfRows {
  const name = shapeOf(source)?.question?.(new FileLook(columns));
  if (name !== undefined && isBroughtName(name)) return { name, ...completionsOf(broughtQuestionnaires[name]) };
  const isRated = source.format === "columns" && source.mapping.completion !== undefined;
  return standardQuestionnaires[name ?? (isRated ? "rating" : "preference")];
}

function voteColumn(source: ImportSource): string {
  if (source.format !== "columns" || source.mapping.votes === undefined) return "";
  const { votes } = source.mapping;
  return "list" in votes ? votes.list : votes.columns.join(", ");
}

/** @param media of the files that the rows show; none where they show none. */
function digestOf(
  file: string,
  format: string,
  mapping: ColumnMapping | null,
  question: string,
  media: string | undefined,
): string {
  return createHash("sha256")
    .update(JSON.stringify([file, format, mapping, question, ...(media === undefined ? [] : [media])]))
    .digest("hex");
}

function refusalOf(broken: DomainError | null, warnings: readonly ReceiptWarning[]): DomainError | null {
  if (broken) return broken;
  const stops = warnings.filter(({ weight, code }) => weight === "stop" && code !== "badRows");
  const [first] = stops;
  if (!first) return null;
  const code = first.code === "skipRows" ? "invalid_line" : "invalid_mapping";
  const issues = stops.map((stop) => ({ path: placeOf(stop), ...warningIssue(stop) }));
  return new DomainError(code, stops.map(warningText).join(" "), { path: placeOf(first), issues });
}

/** Where a warning that stops the import is to be put right: in the file's lines, or else in the mapping. */
function placeOf({ code, values, lines }: ReceiptWarning): string {
  return code === "skipRows" ? `lines.${lines[0] ?? 1}` : `mapping.${values.field ?? "prompt"}`;
}
