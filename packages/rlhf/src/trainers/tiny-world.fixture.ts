import {
  type Comparison,
  type Demonstration,
  type Message,
  ModelConfig,
  type Ranking,
  type Rating,
  TrainingSpec,
  type TrainingSpecInput,
} from "@touchstone/contracts";
import { openEngine, seededRandom } from "@touchstone/engine";
import type { Files } from "../model/files.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { packModel } from "../model/model-files.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import type { AnsweredPrompt, PromptItem, TrainerRequest, TrainingData, UnpairedAnswer } from "../training/request.ts";
import { runTrainer } from "../training/run-trainer.ts";

/** A world small enough to be learned in seconds: answers are four letters, and people like the letter "z". */
export const engine = await openEngine();

const tokenizer = openTokenizer([]);
const config = ModelConfig.parse({
  vocab: tokenizer.vocab,
  context: 24,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  width: 32,
  hidden: 48,
});
/** An untrained policy. */
export const freshPolicy: Files = packModel({
  config,
  tokenizer,
  head: { kind: "lm" },
  weights: initialWeights(config, { kind: "lm" }, 1),
});

const gpt2Config = ModelConfig.parse({
  ...config,
  ...{ norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true },
});
/** An untrained policy in GPT-2's style, of the same sizes. */
export const freshGpt2Policy: Files = packModel({
  config: gpt2Config,
  tokenizer,
  head: { kind: "lm" },
  weights: initialWeights(gpt2Config, { kind: "lm" }, 1),
});

const letters = ["a", "b", "c", "z"];
const random = seededRandom("tiny world");
const drawText = () => Array.from({ length: 4 }, () => letters[random.int(letters.length)] ?? "").join("");
const utility = (text: string) => text.split("z").length - 1;
const splitOf = (i: number): "train" | "validation" => (i % 5 === 0 ? "validation" : "train");
const promptOf = (i: number): Message[] => [{ role: "user", content: `q${i % 10}` }];

const answerPairs = Array.from({ length: 240 }, (_, i) => ({
  promptId: `p${i}`,
  prompt: promptOf(i),
  split: splitOf(i),
  judgementId: `j${i}`,
  annotator: `w${i % 3}`,
  a: { completionId: `a${i}`, text: drawText() },
  b: { completionId: `b${i}`, text: drawText() },
}));

export const comparisons: Comparison[] = answerPairs.map((pair) => ({
  ...pair,
  kind: "comparison",
  outcome: Math.max(-3, Math.min(3, utility(pair.a.text) - utility(pair.b.text))),
  bothBad: utility(pair.a.text) === 0 && utility(pair.b.text) === 0,
  first: "a",
  weight: 1,
}));

export const ratings: Rating[] = answerPairs.map(({ a, b: _, ...rest }, i) => ({
  ...rest,
  kind: "rating",
  completion: a,
  // Worker w2 is a mild grader by half a point.
  score: Math.min(5, 1 + utility(a.text) + (i % 3 === 2 ? 0.5 : 0)),
  weight: 1,
}));

/** Two aspects of the same answers: people's letter, and how many letters are an "a". */
export const aspectRatings: Rating[] = ratings.flatMap((rating) => {
  const count = rating.completion.text.split("a").length - 1;
  return [
    { ...rating, aspect: "zest" },
    { ...rating, aspect: "calm", judgementId: `${rating.judgementId}c`, score: 1 + count },
  ];
});

/** Four answers to a prompt, the more of the letter the better, equal numbers tied. */
export const rankings: Ranking[] = answerPairs.map(({ a, b, ...origin }, i) => {
  const others = [1, 2].flatMap((step) => answerPairs[(i + step) % answerPairs.length] ?? []).map((pair) => pair.a);
  const all = [...new Map([a, b, ...others].map((answer) => [answer.text, answer])).values()];
  const levels = [...new Set(all.map(({ text }) => utility(text)))].sort((x, y) => y - x);
  const groups = levels.map((level) => all.filter(({ text }) => utility(text) === level));
  return { ...origin, kind: "ranking", groups, weight: 1 };
});

export const answers: AnsweredPrompt[] = answerPairs.map(({ promptId, prompt, split, a }) => ({
  promptId,
  prompt,
  split,
  text: a.text,
}));
/** Answers judged alone: one with the letter was wanted. */
export const unpaired: UnpairedAnswer[] = answers.map((answer) => ({ ...answer, wanted: utility(answer.text) > 0 }));
export const prompts: PromptItem[] = answers.map(({ promptId, prompt, split }) => ({ promptId, prompt, split }));
export const texts: string[] = answers.map(({ text }) => text.repeat(4));
export const demonstrations: Demonstration[] = answers.map(({ prompt, ...answer }) => ({
  ...answer,
  kind: "demonstration",
  prompt: [...prompt],
}));

/** Runs a trainer on this world; settings of the optimiser suit its size. */
export function train(
  spec: TrainingSpecInput,
  data: TrainingData,
  models: TrainerRequest["models"] = {},
  rest: Partial<TrainerRequest> = {},
) {
  return runTrainer({
    spec: TrainingSpec.parse({ learningRate: 1e-2, ...spec }),
    data,
    engine,
    seed: 5,
    models: { policy: freshPolicy, ...models },
    ...rest,
  });
}
