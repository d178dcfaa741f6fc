import type { Message } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { type ImportVote, unnamedAnnotator } from "../import-row.ts";
import { quoted } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { plainName } from "../recognise/names.ts";
import { readVoteValues } from "../recognise/vote-values.ts";
import { answerAt, promptAt } from "./reading.ts";

/** How labelling tools' projects usually call what was asked. */
export const askedFields = ["prompt", "instruction", "question", "query", "input"] as const;
/** And the two answers, the first on the left. */
export const pairFields = [
  ...["answer", "response", "completion", "generation", "text"].flatMap((stem) =>
    ["", "-", "_"].flatMap((sign) => [
      [`${stem}${sign}1`, `${stem}${sign}2`] as const,
      [`${stem}${sign}a`, `${stem}${sign}b`] as const,
    ]),
  ),
  ["chosen", "rejected"] as const,
] as const;
/** Or the one answer. */
export const answerFields = ["answer", "response", "completion", "generation", "output"] as const;

export interface ToolTask {
  readonly prompt: Message[];
  readonly answers: readonly { readonly name: string; readonly text: string }[];
}

/** The texts that a labelling tool showed. @throws DomainError invalid_line where there is no prompt or no answer */
export function shownIn(fields: JsonRow["value"], line: number, folder: string): ToolTask {
  const asked = askedFields.find((name) => !isAbsent(fields[name]));
  if (asked === undefined) throw lineProblem(line, folder, "toolNoPrompt", { known: askedFields.join(", ") });
  const pair = pairFields.find((names) => names.every((name) => !isAbsent(fields[name])));
  const one = answerFields.find((name) => !isAbsent(fields[name]));
  const names = pair ?? (one === undefined ? [] : [one]);
  if (names.length === 0) throw lineProblem(line, folder, "toolNoAnswers");
  return {
    prompt: promptAt(fields[asked], line, `${folder}.${asked}`),
    answers: names.map((name) => ({ name, text: answerAt(fields[name], line, `${folder}.${name}`) })),
  };
}

/** Which of two answers a word means: by the answer's own name, or by the usual words. */
export function voteFor(
  said: unknown,
  { answers }: ToolTask,
  line: number,
  field: string,
): Omit<ImportVote, "annotator"> {
  const [a, b] = answers.map(({ name }) => plainName(name));
  const word = typeof said === "string" || typeof said === "number" ? String(said) : "";
  const values =
    word === "" || a === undefined || b === undefined
      ? null
      : readVoteValues([word], { a: [a, a.slice(-1)], b: [b, b.slice(-1)] })?.values;
  if (values?.a.length) return { outcome: 2 };
  if (values?.b.length) return { outcome: -2 };
  if (values?.tie.length) return { outcome: 0 };
  if (values?.bothBad.length) return { outcome: 0, bothBad: true };
  const known = answers.map(({ name }) => name).join(", ");
  throw lineProblem(line, field, "voteForNone", { said: quoted(said), known });
}

/** Who said it, by whatever the tool knows them. */
export function annotatorOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : unnamedAnnotator;
}
