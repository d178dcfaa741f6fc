import type { PreparationSpec } from "@touchstone/contracts";
import type { Step } from "./item.ts";
import { answersOfRow, promptText } from "./row-texts.ts";

/** How many tokens a text has for the tokenizer that will read it. */
export type CountTokens = (text: string) => number;

/**
 * Rows within the bounds: the shortest answer (or text) from below, the prompt with its longest answer from above, in characters
 * (UTF-16 units) and, where a tokenizer counts, in tokens.
 *
 * @throws RangeError if there are bounds in tokens and nothing that counts them
 */
export function lengthFilter(bounds: PreparationSpec["length"], countTokens?: CountTokens): Step {
  const { minCharacters, maxCharacters, minTokens, maxTokens } = bounds;
  if ((minTokens ?? maxTokens) !== undefined && !countTokens) {
    throw new RangeError("length.minTokens and length.maxTokens need a tokenizer that counts");
  }
  const tokens = countTokens ?? (() => 0);
  return (item, tell) => {
    const answers = answersOfRow(item.row);
    const prompt = promptText(item.row);
    const problem =
      outside("characters", minCharacters, maxCharacters, prompt, answers, (text) => text.length) ??
      outside("tokens", minTokens, maxTokens, prompt, answers, tokens);
    if (!problem) return item;
    tell(...problem);
    return null;
  };
}

function outside(
  unit: string,
  least = 0,
  most = Number.POSITIVE_INFINITY,
  prompt: string,
  answers: readonly string[],
  measure: CountTokens,
): [reason: string, detail: string] | undefined {
  if (least <= 0 && most === Number.POSITIVE_INFINITY) return undefined;
  const lengths = answers.map(measure);
  const shortest = Math.min(...lengths);
  if (shortest < least) return [`shorter than ${least} ${unit}`, String(shortest)];
  const longest = measure(prompt) + Math.max(0, ...lengths);
  return longest > most ? [`longer than ${most} ${unit}`, String(longest)] : undefined;
}
