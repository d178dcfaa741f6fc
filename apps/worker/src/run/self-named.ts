import { type NormalForm, type SentenceValues, sentenceOf } from "@touchstone/contracts";
import { namesItself } from "@touchstone/datasets";
import { addAlert, type GeneratedAnswer } from "@touchstone/persistence";
import type { HeldRun } from "./context.ts";
import { answersOf } from "./labels-of.ts";

/** Names are told of so many kinds at most; the number of answers is always whole. */
const mostNames = 10;

const sentences = {
  self_named:
    "Answers in which the model says what it is ({names}): {count}. They are kept and marked, and nobody is asked about them.",
  self_named_asked:
    "Answers in which the model says what it is ({names}): {count}. They are marked, and people are asked about them too.",
  self_named_learned:
    "Answers that say which model they are of ({names}): {count} of {total}. What learns from them may say so of itself.",
} as const;

async function tell(
  { db, fence }: Pick<HeldRun, "db" | "fence">,
  code: keyof typeof sentences,
  values: SentenceValues,
): Promise<void> {
  const message = sentenceOf(sentences[code], values);
  await addAlert(db, fence, { step: 0, level: "warning", code, values, message });
}

/** Answers of one of our policies, those marked in which it says what it is: nobody is asked about them unawares. */
export function marked<Given extends GeneratedAnswer>(answers: readonly Given[]): Given[] {
  return answers.map((answer) => {
    const names = namesItself(answer.text, "");
    return names.length > 0 ? { ...answer, metadata: { namesItself: names } } : answer;
  });
}

/** @param asked whether people are asked about answers that say what they are */
export async function tellOfSelfNamed(
  held: Pick<HeldRun, "db" | "fence">,
  answers: readonly GeneratedAnswer[],
  asked: boolean,
): Promise<void> {
  const named = answers.filter(({ metadata }) => metadata?.namesItself);
  if (named.length === 0) return;
  const names = [...new Set(named.flatMap(({ metadata }) => metadata?.namesItself ?? []))];
  const values = { count: named.length, names: names.slice(0, mostNames).join(", ") };
  await tell(held, asked ? "self_named_asked" : "self_named", values);
}

/** Of what people judged or wrote, each text once: how many say which model they are of. Held-out rows are none of it. */
export class SelfNamedLabels {
  #total = 0;
  #count = 0;
  readonly #seen = new Set<string>();
  readonly #names = new Set<string>();

  get count(): number {
    return this.#count;
  }

  add(form: NormalForm): void {
    if (form.split !== "train") return;
    if (form.kind === "demonstration") this.#look(`${form.promptId} ${form.text}`, form.text);
    else for (const { completionId, text } of answersOf(form)) this.#look(completionId, text);
  }

  /** Says so of a run before it learns from them. */
  async tell(held: Pick<HeldRun, "db" | "fence">): Promise<void> {
    if (this.#count === 0) return;
    const names = [...this.#names].slice(0, mostNames).join(", ");
    await tell(held, "self_named_learned", { count: this.#count, total: this.#total, names });
  }

  #look(key: string, text: string): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#total += 1;
    const names = namesItself(text, "");
    if (names.length > 0) this.#count += 1;
    for (const name of names) this.#names.add(name);
  }
}
