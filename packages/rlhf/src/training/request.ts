import type { Comparison, Demonstration, Message, Ranking, Rating, RunFact, TrainingSpec } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import type { FeatureCache } from "../features/state-reader.ts";
import type { Files } from "../model/files.ts";
import type { Team } from "../parallel/team.ts";
import type { ScoredItem } from "../reward/reward-scorer.ts";

/** A prompt to sample answers for. Prompts outside `train` are only ever evaluated on. */
export interface PromptItem {
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: "train" | "validation" | "test";
}

/** An answer that stands in the project, to be scored by the reward model. */
export interface AnsweredPrompt extends PromptItem {
  readonly text: string;
  /** `ilql` only: a reward that is known already, on any scale. Answers without one are scored. */
  readonly reward?: number;
}

/** An answer that was wanted or not, without one to compare it with. */
export interface UnpairedAnswer extends PromptItem {
  readonly text: string;
  readonly wanted: boolean;
}

/** A rule that rewards answers, in place of a reward model: a checker, a game, a measurement. */
export interface Judge {
  /** Part of the run's identity: rules of other names are other runs. */
  readonly name: string;
  /** One reward an answer, on a scale of order 1, since β is given up per nat of it. */
  score(items: readonly ScoredItem[]): readonly number[] | Promise<readonly number[]>;
}

/** Each trainer reads its own part; the others may be left out. */
export interface TrainingData {
  /** `pretrain` */
  readonly texts?: readonly string[];
  /** `pretrain`: texts to evaluate on; left out, a share of `texts` is kept for it. */
  readonly heldOutTexts?: readonly string[] | undefined;
  /** `pretrain`: texts that are only measured on, and only at the end. */
  readonly testTexts?: readonly string[] | undefined;
  /** `sft` */
  readonly demonstrations?: readonly Demonstration[];
  /** `dpo`, and `reward` by any objective but per-aspect; with squared-error only those judged "both bad" are read. */
  readonly comparisons?: readonly Comparison[];
  /** `dpo` with kto: answers judged alone, beside those of the comparisons. */
  readonly unpaired?: readonly UnpairedAnswer[] | undefined;
  /** `reward` with plackett-luce; `dpo` and the other objectives on comparisons read their pairs at weight 2/K. */
  readonly rankings?: readonly Ranking[];
  /** `reward` with squared-error, combined or per-aspect */
  readonly ratings?: readonly Rating[];
  /** `ilql` */
  readonly answers?: readonly AnsweredPrompt[];
  /** `rloo`, `grpo`, `ppo` */
  readonly prompts?: readonly PromptItem[];
}

export type Metrics = Readonly<Record<string, number>>;

export interface TrainerRequest {
  readonly spec: TrainingSpec;
  readonly data: TrainingData;
  readonly models: {
    /** Where training starts: needed by all but `pretrain`, which goes on from it if it is given. */
    readonly policy?: Files | undefined;
    /** All that improve a policy: what the KL is measured against; the starting policy if left out. */
    readonly reference?: Files | undefined;
    /** `rloo`, `grpo`, `ppo` and `ilql`, unless a judge is given. */
    readonly reward?: Files | undefined;
  };
  /** What the policy is called, for a model that rests on it. */
  readonly policyName?: string | undefined;
  /** `reward` with frozen features: where what was computed of an answer is kept. */
  readonly features?: FeatureCache | undefined;
  readonly judge?: Judge | undefined;
  /** Opened for several workers, that many threads share each step. */
  readonly engine: Pick<Engine, "tf" | "fingerprint" | "backend" | "workers">;
  readonly seed: number;
  /** Files of the last checkpoint. Same request and fingerprint: the run ends with the same bits as undisturbed. */
  readonly resume?: Files | undefined;
  /** After each step (from 1), and again with `heldout.*` names when the held-out split was looked at. */
  onMetric?(step: number, values: Metrics, totalSteps: number): void | Promise<void>;
  /** Awaited, so a checkpoint is safe before the next step begins. */
  onCheckpoint?(step: number, files: Files): void | Promise<void>;
  /** Plain-language facts for the run page, such as "trained on 1,204 of 1,210 comparisons: …". */
  onNote?(message: string, fact?: RunFact): void;
  /** Aborting writes a checkpoint and then rejects with code `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a trainer is opened with: the request, and the threads that share it. */
export interface TraineeRequest extends TrainerRequest {
  readonly team: Team;
}

export interface TrainerResult {
  /** The new model: config.json, model.safetensors, tokenizer.json, and evaluation.json for reward models. */
  readonly files: Files;
  /** Final figures, held-out ones included, by name. */
  readonly metrics: Metrics;
  readonly steps: number;
  readonly notes: readonly string[];
}
