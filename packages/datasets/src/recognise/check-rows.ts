import { DomainError, type ImportReceipt } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import type { ImportRow } from "../import-row.ts";
import type { KnownMedia } from "../media/find-media.ts";
import { isLeftOut, isSkip, rowReader, tryRow } from "../read-import.ts";
import type { AskedOfRows } from "../task-plan.ts";
import { Contradictions } from "./contradictions.ts";
import type { Findings } from "./findings/findings.ts";
import type { HeldBeside } from "./first-counts.ts";
import { asUnfolded } from "./look-at-file.ts";
import { NameCheck } from "./name-check.ts";
import { occurred, promptKey } from "./occurrences.ts";
import type { FileProfile } from "./profile.ts";
import { type FileToImport, readAll } from "./read-all.ts";
import { covers } from "./roles.ts";
import { Tally } from "./tally.ts";
import { FirstTasks } from "./task-preview.ts";

const mostBadRows = 20;
const previewRows = 5;

export interface CheckedRows {
  readonly tally: Tally;
  readonly names: NameCheck;
  readonly named: ImportReceipt["badRows"];
  readonly preview: ImportReceipt["preview"];
  readonly tasks: FirstTasks;
  badRows: number;
  firstBad: DomainError | null;
}

export async function checkRows(
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
