import { type Message, type RemoteRewardRequest, refused, type ScoreRequest } from "@touchstone/contracts";

interface ScoreItem {
  prompt: Message[];
  text: string;
}

/** A prompt that is a text is what a user said. */
export function scoreItem({ prompt, answer }: ScoreRequest["items"][number]): ScoreItem {
  return { prompt: typeof prompt === "string" ? [{ role: "user", content: prompt }] : prompt, text: answer };
}

/** OpenRLHF's: each query is its prompt with the answer behind it. @throws DomainError invalid_value naming the first that is not */
export function joinedItems({ query, prompts }: RemoteRewardRequest): ScoreItem[] {
  if (query.length !== prompts.length)
    throw refused("servingUneven", {
      ...{ field: "query", count: query.length },
      ...{ other: "prompts", limit: prompts.length, at: "prompts" },
    });
  return query.map((whole, index) => {
    const prompt = prompts[index] ?? "";
    if (!whole.startsWith(prompt))
      throw refused("servingQueryApart", { field: "query", number: index + 1, at: `query.${index}` });
    return scoreItem({ prompt, answer: whole.slice(prompt.length) });
  });
}
