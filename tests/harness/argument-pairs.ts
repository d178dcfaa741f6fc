import { z } from "zod";
import { referenceLines } from "./reference-data.ts";

/**
 * UKPConvArg1 (Habernal and Gurevych 2016): which of two arguments for one side of a debate is the more convincing, by
 * five annotators each. Twelve of its topics, both sides of each.
 */
const Argument = z.object({ id: z.string(), stance: z.string(), text: z.string() });
const Pair = z.object({
  id: z.string(),
  title: z.string(),
  debate_side: z.string(),
  a1: z.string(),
  a2: z.string(),
  votes: z.array(z.object({ worker: z.string(), value: z.enum(["a1", "a2", "equal"]) })),
  gold: z.enum(["a1", "a2", "equal"]).nullable(),
  /** Whether the pair is in UKPConvArgStrict: clear ones only. */
  in_strict: z.boolean(),
});

export interface ArgumentPair extends z.infer<typeof Pair> {
  readonly stance: string;
  readonly text1: string;
  readonly text2: string;
}

export async function readArgumentPairs(): Promise<ArgumentPair[]> {
  const known = new Map<string, z.infer<typeof Argument>>();
  for (const line of await referenceLines("preference/ukpconvarg1_arguments.jsonl.gz")) {
    const argument = Argument.parse(JSON.parse(line));
    known.set(argument.id, argument);
  }
  return (await referenceLines("preference/ukpconvarg1_pairs.jsonl.gz")).map((line) => {
    const pair = Pair.parse(JSON.parse(line));
    const [first, second] = [known.get(pair.a1), known.get(pair.a2)];
    if (!first || !second) throw new Error(`The pair ${pair.id} names an argument that is not there.`);
    return { ...pair, stance: first.stance, text1: first.text, text2: second.text };
  });
}

/** What each annotator gave as their reason, in the order of the votes, by the pair's id; no part of what is imported. */
export async function readArgumentReasons(): Promise<Map<string, readonly (string | undefined)[]>> {
  const Reasons = z.object({ id: z.string(), votes: z.array(z.object({ reason: z.string().optional() })) });
  const lines = await referenceLines("preference/ukpconvarg1_pairs.jsonl.gz");
  return new Map(
    lines.map((line) => {
      const { id, votes } = Reasons.parse(JSON.parse(line));
      return [id, votes.map(({ reason }) => reason || undefined)];
    }),
  );
}

/** How the import reads these rows: a prompt for each side of a debate, one cluster a topic, every vote a judgement. */
export const argumentMapping = {
  id: "id",
  prompt: ["title", "stance"],
  cluster: "title",
  aId: "a1",
  bId: "a2",
  a: "text1",
  b: "text2",
  gold: "gold",
  votes: { list: "votes", annotator: "worker", value: "value" },
  values: { a: ["a1"], b: ["a2"], tie: ["equal"] },
};
