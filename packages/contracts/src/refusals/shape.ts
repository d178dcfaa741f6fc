import type { ProblemCode } from "../problem-kinds.ts";

/** A refusal's code, which decides the status, and its English sentence, whose `{names}` are filled in. */
type Refusal = readonly [code: ProblemCode, sentence: string];
export type Refusals = Readonly<Record<string, Refusal>>;

type Coded<Code extends ProblemCode, Sentences> = {
  readonly [Reason in keyof Sentences]: readonly [Code, Sentences[Reason]];
};

/** Sentences that others than refusals use too, each with the same code. */
export function coded<Code extends ProblemCode, Sentences extends Readonly<Record<string, string>>>(
  code: Code,
  sentences: Sentences,
): Coded<Code, Sentences>;
export function coded(code: ProblemCode, sentences: Readonly<Record<string, string>>): Refusals {
  return Object.fromEntries(
    Object.entries(sentences).map(([reason, sentence]): [string, Refusal] => [reason, [code, sentence]]),
  );
}

type SentencesOf<Table extends Refusals> = { readonly [Reason in keyof Table]: Table[Reason][1] };

/** The sentences of a table, without their codes. */
export function sentencesOf<Table extends Refusals>(table: Table): SentencesOf<Table>;
export function sentencesOf(table: Refusals): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(table).map(([reason, [, sentence]]) => [reason, sentence]));
}
