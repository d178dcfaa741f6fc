import type { Message } from "@touchstone/contracts";
import { z } from "zod";
import { referenceLines } from "./reference-data.ts";

/** OpenAssistant Conversations (Köpf et al. 2023): trees of messages, replies ranked by people. */
const Reply = z.object({
  message_id: z.string(),
  text: z.string(),
  role: z.enum(["prompter", "assistant"]),
  /** 0 is best; null where it was not ranked. */
  rank: z.number().int().nullish(),
  get replies() {
    return z.array(Reply);
  },
});
type Reply = z.infer<typeof Reply>;

/** A conversation and what it was answered by, in the order of the file. */
export interface RankedReplies {
  readonly id: string;
  readonly messages: readonly Message[];
  readonly texts: readonly string[];
  /** Of each text; 1 is best. */
  readonly ranks: readonly number[];
}

/** Every conversation with two replies or more that people ranked, wherever it ends in its tree. */
export async function readRankedReplies(): Promise<RankedReplies[]> {
  const lines = await referenceLines("preference/oasst_en_100_tree.trees001-070.jsonl.gz");
  return lines.flatMap((line) => {
    const { prompt } = z.object({ prompt: Reply }).parse(JSON.parse(line));
    return rankedBelow(prompt, []);
  });
}

function rankedBelow(message: Reply, before: readonly Message[]): RankedReplies[] {
  const role = message.role === "prompter" ? ("user" as const) : ("assistant" as const);
  const messages = [...before, { role, content: message.text }];
  const ranked = message.replies.flatMap(({ text, rank }) =>
    typeof rank === "number" ? [{ text, rank: rank + 1 }] : [],
  );
  const here = {
    id: message.message_id,
    messages,
    texts: ranked.map(({ text }) => text),
    ranks: ranked.map(({ rank }) => rank),
  };
  const below = message.replies.flatMap((reply) => rankedBelow(reply, messages));
  return message.role === "prompter" && ranked.length > 1 ? [here, ...below] : below;
}
