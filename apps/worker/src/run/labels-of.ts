import type { Comparison, Demonstration, NormalForm, Ranking, Rating } from "@touchstone/contracts";
import type { AnsweredPrompt } from "@touchstone/rlhf";

export const isComparison = (form: NormalForm): form is Comparison => form.kind === "comparison";
export const isRanking = (form: NormalForm): form is Ranking => form.kind === "ranking";
export const isRating = (form: NormalForm): form is Rating => form.kind === "rating";

/** The answers that a judgement is about. */
export function answersOf(form: Exclude<NormalForm, Demonstration>) {
  if (form.kind === "comparison") return [form.a, form.b];
  return form.kind === "ranking" ? form.groups.flat() : [form.completion];
}

/** Every judged answer once, in the order of first judgement, and with them what people wrote that no judged answer says. */
export function judgedAnswers(forms: readonly NormalForm[]): AnsweredPrompt[] {
  const answers = new Map<string, AnsweredPrompt>();
  for (const form of forms) {
    if (form.kind === "demonstration") continue;
    const sides = answersOf(form);
    for (const { completionId, text } of sides) {
      const { promptId, prompt, split } = form;
      if (!answers.has(completionId)) answers.set(completionId, { promptId, prompt, split, text });
    }
  }
  return [...answers.values(), ...writtenAnswers(forms, [...answers.values()])];
}

/** Each text that somebody wrote or corrected once, where it is none of the answers already. */
function writtenAnswers(forms: readonly NormalForm[], answers: readonly AnsweredPrompt[]): AnsweredPrompt[] {
  const sayings = forms.filter((form) => form.kind === "demonstration");
  if (sayings.length === 0) return [];
  const keyOf = ({ promptId, text }: Pick<AnsweredPrompt, "promptId" | "text">) => `${promptId} ${text}`;
  const known = new Set(answers.map(keyOf));
  return sayings.flatMap(({ promptId, prompt, split, text }) => {
    const key = keyOf({ promptId, text });
    if (known.has(key)) return [];
    known.add(key);
    return [{ promptId, prompt, split, text }];
  });
}

/** Raw texts name no split, so it is here that those of held-out prompts stay out of the model and its tokenizer. */
export function trainingTexts(forms: readonly NormalForm[]): string[] {
  return judgedAnswers(forms).flatMap(({ split, text }) => (split === "train" ? [text] : []));
}

/** What people wrote, corrected, preferred or rated 4 and 5 as a whole, as texts to imitate. */
export function preferredAnswers(forms: readonly NormalForm[]): Demonstration[] {
  return forms.flatMap((form): Demonstration[] => {
    if (form.kind === "demonstration") return [form];
    const { promptId, prompt, split } = form;
    const good = (text: string): Demonstration[] => [{ kind: "demonstration", promptId, prompt, split, text }];
    if (form.kind === "rating") return form.aspect === undefined && form.score >= 4 ? good(form.completion.text) : [];
    if (form.kind === "ranking")
      return form.groups
        .slice(0, -1)
        .slice(0, 1)
        .flat()
        .flatMap(({ text }) => good(text));
    // A step says nothing of the whole answer.
    if (form.kind === "step-labels") return [];
    // A correction gives what was made of the answer as a text of its own.
    if (form.outcome === 0 || form.bothBad || form.edited || form.best === false) return [];
    return good(form.outcome > 0 ? form.a.text : form.b.text);
  });
}
