import type { Comparison } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import { outcomeOf } from "@touchstone/labeling";
import { judgePair, type PracticePrompt, practicePrompts, simulatedAnnotator, utility } from "@touchstone/practice";
import { type Files, generateCompletions } from "@touchstone/rlhf";

/** Simulated annotators, and how many of them judge each pair. */
const crowd = 8;
const overlap = 2;
/** Share of the prompts whose judgements are held out from the reward model. */
const heldOutEvery = 8;

/** Two fresh answers of a policy to each of `size` training prompts, judged as a crowd would judge them. */
export async function judgedPairs(engine: Engine, policy: Files, size: number, seed: number): Promise<Comparison[]> {
  const prompts = practicePrompts(`four-uses/${seed}`, size, "train");
  const answers = await generateCompletions({
    engine,
    policy,
    prompts: prompts.flatMap(({ messages }) => [messages, messages]),
    options: { temperature: 1 },
    seed: `pairs/${seed}`,
  });
  return prompts.flatMap((prompt, index) => {
    const [a, b] = [answers[2 * index]?.text ?? "", answers[2 * index + 1]?.text ?? ""];
    return Array.from({ length: overlap }, (_, voice) => comparisonOf(prompt, a, b, index, voice, seed));
  });
}

function comparisonOf(
  prompt: PracticePrompt,
  a: string,
  b: string,
  index: number,
  voice: number,
  seed: number,
): Comparison {
  const annotator = `${seed}/${(index * overlap + voice) % crowd}`;
  const first = (index + voice) % 2 === 0 ? "a" : "b";
  const shown = [
    { id: `${index}a`, utility: utility(prompt.task, a) },
    { id: `${index}b`, utility: utility(prompt.task, b) },
  ] as const;
  const [left, right] = first === "a" ? shown : [shown[1], shown[0]];
  const answer = judgePair(simulatedAnnotator(annotator), left, right);
  return {
    kind: "comparison",
    judgementId: `${index}/${voice}`,
    annotator,
    promptId: prompt.id,
    prompt: prompt.messages,
    split: index % heldOutEvery === 0 ? "validation" : "train",
    a: { completionId: `${index}a`, text: a },
    b: { completionId: `${index}b`, text: b },
    outcome: outcomeOf(answer, first === "a" ? [0, 1] : [1, 0]),
    bothBad: answer.choice === "both-bad",
    first,
    weight: 1,
  };
}
