import { createHash } from "node:crypto";
import {
  type AnswersTogether,
  type BroughtName,
  broughtQuestions,
  type ColumnMapping,
  completionsOf,
  DomainError,
  type ImportReceipt,
  isBroughtName,
  type Questions,
  type ReceiptWarning,
  type StandardName,
  standardQuestion,
  togetherAsked,
} from "@touchstone/contracts";
import { hasMargins, type ImportSource } from "../formats/import-source.ts";
import { unfolded } from "../formats/json-columns.ts";
import { saysRanks } from "../formats/judged-columns.ts";
import { type MarginScale, openMarginScale } from "../formats/margin-scale.ts";
import type { ImportRow } from "../import-row.ts";
import type { KnownMedia } from "../media/find-media.ts";
import { withMarks, wordsIn } from "../media/marks.ts";
import { valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { fileProblem } from "../read/line-problem.ts";
import { type FileKind, openRows } from "../read/read-rows.ts";
import { addMargin, isLeftOut, isSkip, noMedia, promptColumnOf, rowReader, tasksOf, tryRow } from "../read-import.ts";
import { FileLook } from "../shapes/shape.ts";
import { shapeOf } from "../shapes/shapes.ts";
import { type AskedOfRows, asksPairs } from "../task-plan.ts";
import { Contradictions } from "./contradictions.ts";
import type { Columns } from "./find-answers.ts";
import { Findings } from "./findings/findings.ts";
import type { HeldBeside } from "./first-counts.ts";
import { withVoteValues } from "./given-votes.ts";
import { NameCheck } from "./name-check.ts";
import { type Occurrences, occurred, promptKey } from "./occurrences.ts";
import { exampleAt, FileProfile, jsonColumns } from "./profile.ts";
import { type Proposal, propose } from "./propose.ts";
import { covers } from "./roles.ts";
import { readingFor, type SavedReading } from "./saved-reading.ts";
import { Tally } from "./tally.ts";
import { FirstTasks } from "./task-preview.ts";
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
  /** Which answers stand together in a task, where that is chosen and no questionnaire is. */
  readonly together?: AnswersTogether | undefined;
  /** Readings that are taken by themselves where a file has their columns, newest first. */
  readonly saved?: readonly SavedReading[] | undefined;
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
/** Rows of the table in which somebody points at columns. */
const sampleRows = 5;

/**
 * Reads a file to its end, twice: once to see what it is made of, once as it would be imported. Nothing is written, and
 * whatever would be dropped, assumed or refused is on the receipt.
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
    questionnaires: questionsOf(checked?.tasks.tasks ?? [], source, wish),
    preview: checked?.preview ?? [],
    digest: digestOf(file.sha256, source.format, mapping, asked, checked?.tally.mediaDigest()),
  };
  return { receipt, source, refusal: refusalOf(broken, warnings), badRow: checked?.firstBad ?? null };
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
async function lookAt(file: FileToImport, media: KnownMedia, wish: ReceiptWish): Promise<Look> {
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

/** As it comes to bear: of pairs only how they meet, of others only how many are shown at once. */
function togetherOf(asked: AskedOfRows): AnswersTogether {
  const { together = { way: "ring", pairs: 3, seed: 1, atOnce: null } } = asked;
  return asksPairs(asked) ? { ...together, atOnce: null } : { ...together, way: "ring" };
}

/** What the previewed tasks ask. */
function questionsOf(
  tasks: ImportReceipt["tasks"],
  source: ImportSource,
  wish: ReceiptWish,
): Record<string, Questions> {
  const names = [...new Set(tasks.map(({ questionnaire }) => questionnaire))];
  const mapping = source.format === "columns" ? source.mapping : {};
  return Object.fromEntries(
    names.map((name) => {
      const own = wish.questionnaires?.[name];
      // One that comes with the file asks what the file says, whatever a former version asked.
      if (isBroughtName(name)) return [name, broughtQuestions(name, mapping)];
      return [name, own ?? [standardQuestion(name === "rating" ? "rating" : "preference")]];
    }),
  );
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
  readonly tasks: FirstTasks;
  badRows: number;
  firstBad: DomainError | null;
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
function asUnfolded(row: JsonRow, source: ImportSource | null): JsonRow {
  if (source?.format !== "columns") return row;
  try {
    return unfolded(row, source.mapping);
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
    tally: new Tally(asked, said),
    names: new NameCheck(source),
    named: [],
    preview: [],
    tasks: new FirstTasks(asked),
    badRows: 0,
    firstBad: null,
  };
  await readAll(
    file,
    (row) => {
      checked.names.add(asUnfolded(row, source));
      if (isSkip(source, row)) {
        checked.tally.addSkip(row.line);
        return;
      }
      const taken = tryRow(read, row, asked);
      const problem = taken instanceof DomainError ? taken : contradictions.add(taken);
      if (problem) {
        findings.leaveOut(problem, row.line);
        return addBad(checked, problem, row.line);
      }
      if (taken instanceof DomainError) return;
      const prompt = promptKey(taken);
      checked.tally.add(taken, prompt);
      checked.tasks.add(taken);
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

/** Whether rows can name a cluster or a split, a known answer and metadata. */
function namedBeside(source: ImportSource, profile: FileProfile): HeldBeside & { readonly place: boolean } {
  if (source.format === "columns") {
    const { cluster, split, gold, metadata } = source.mapping;
    return { place: (cluster ?? split) !== undefined, gold: gold !== undefined, metadata: metadata !== undefined };
  }
  // Only our own raw export has it.
  const metadata = source.format === "judgements";
  // Of a file with more columns than are looked at, any may be among the others.
  if (!plainFormats.includes(source.format) || profile.overflow > 0) return { place: true, gold: true, metadata };
  const has = (...names: string[]) =>
    [...profile.columns.keys()].some((path) => names.some((name) => covers(name, path)));
  return { place: has("cluster", "split"), gold: has("gold"), metadata };
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

/** One answer a prompt can only be rated; a shape says what its own judgements answer, and a mapping what its columns are. */
function askedFor({ source }: Proposal, columns: Columns, together?: AnswersTogether): AskedOfRows {
  const shape = shapeOf(source)?.question?.(new FileLook(columns));
  const name = shape ?? (source.format === "columns" ? questionOf(source.mapping) : "preference");
  const asked = isBroughtName(name)
    ? { name, ...completionsOf(broughtQuestions(name, {})) }
    : standardQuestionnaires[name];
  return together ? { ...asked, together } : asked;
}

function questionOf(mapping: ColumnMapping): BroughtName | StandardName {
  const { aspects, label, completion, answers } = mapping;
  if (aspects !== undefined) return "imported-aspects";
  if (label !== undefined) return "good-or-bad";
  if (saysRanks(mapping) && answers !== undefined) return "imported-ranking";
  return completion === undefined ? "preference" : "rating";
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
