import type { Message } from "@touchstone/contracts";
import type { ScoredItem } from "../reward/reward-scorer.ts";
import type { AnswerRow, BlockName } from "./blocks.ts";
import type { ReadOptions, StateReader } from "./state-reader.ts";

/** A prompt without a word: what is likely after it is likely whatever was asked. */
const empty: Message[] = [{ role: "user", content: "" }];

/** Blocks that need the language model. */
const ofModel: readonly BlockName[] = ["likelihood", "mean", "last"];

/**
 * All that these blocks need to know of answers, in their order.
 * @throws TrainingError `cancelled`
 */
export async function answerRows(
  reader: StateReader,
  items: readonly ScoredItem[],
  blocks: readonly BlockName[],
  options: ReadOptions = {},
): Promise<AnswerRow[]> {
  if (!blocks.some((block) => ofModel.includes(block))) return items.map(({ text }) => ({ text }));
  const alone = blocks.includes("likelihood") ? items.map(({ text }) => ({ prompt: empty, text })) : [];
  const rows = await reader.read([...items, ...alone], options);
  return items.map(({ text }, index) => ({ text, prompted: rows[index], alone: rows[items.length + index] }));
}
