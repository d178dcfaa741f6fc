import { createHash } from "node:crypto";
import type { TrainingRow } from "../../training/training-row.ts";
import { tokensOf } from "../similarity/tokens.ts";

/**
 * The texts by which a row's prompt is placed: the question that began the conversation, which every branch of a message tree
 * shares, and the whole conversation. What the system was told is left out, since unrelated prompts share it.
 */
export function clusterTexts(row: TrainingRow): readonly [root: string, whole: string] {
  if (row.kind === "text") return [row.text, row.text];
  const asked = row.prompt.filter(({ role }) => role !== "system");
  const turns = asked.length > 0 ? asked : row.prompt;
  const root = turns.find(({ role }) => role === "user") ?? turns[0];
  return [root?.content ?? "", turns.map(({ content }) => content).join("\n\n")];
}

/**
 * The permanent name of a prompt's tree: a hash of the words of its first question, so that case, blanks, punctuation and the
 * settings of any step make no other name of it. It must therefore be taken from the row as it was read, and never change.
 *
 * @param given the name that the file gives the cluster; it stands as it is
 */
export function clusterKey(row: TrainingRow, given: string | null): string {
  if (given !== null) return given;
  const words = tokensOf(clusterTexts(row)[0]).join(" ");
  return createHash("sha256").update(words).digest("hex").slice(0, 32);
}
