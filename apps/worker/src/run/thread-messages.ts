import type {
  Comparison,
  GenerateSpec,
  Message,
  Rating,
  ReportCard,
  RunEngine,
  RunError,
  RunFact,
  TrainingSpec,
} from "@touchstone/contracts";
import type { TrainingData } from "@touchstone/rlhf";
import type { Files } from "./files.ts";

/** What the training thread is started with. Structured clone carries the maps of bytes as they are. */
export type ThreadJob = { engine: "auto" | "node-gpu" | "node" | "native" | "wasm" | "cpu"; seed: number } & (
  | {
      type: "train";
      /** Threads that share each step, the training thread among them. */
      workers: number;
      spec: TrainingSpec;
      data: TrainingData;
      models: { policy?: Files | undefined; reward?: Files | undefined };
      policyName: string | undefined;
      /** Folder in which features of this project's answers are kept between runs. */
      featuresFolder: string;
      resume: Files | undefined;
    }
  | { type: "evaluate"; reward: Files; policy: Files | undefined; comparisons: Comparison[]; ratings: Rating[] }
  | {
      type: "generate";
      sampling: GenerateSpec["sampling"];
      policies: Files[];
      prompts: Message[][];
      /** Of the first policy, each prompt is answered so often, and the answer is the one that the reward model scores highest. */
      bestOf: { samples: number; reward: Files } | null;
    }
  | {
      type: "import";
      /** The folder of a model or of an adapter, or a GGUF file. */
      path: string;
      form: "gguf" | "folder" | "adapter";
      /** The folder of the model that an adapter is laid on. */
      base: string | undefined;
      /** What to call the file in a refusal. */
      name: string;
      context: number;
    }
);

export interface ModelDescription {
  kind: "policy" | "reward";
  parameters: number;
  tokenizerSha256: string;
  sha256: string;
}

export interface Answer {
  text: string;
  finishReason: string;
}

export type FromThread =
  | { type: "engine"; engine: RunEngine }
  | { type: "metric"; step: number; totalSteps: number; values: Record<string, number> }
  | { type: "checkpoint"; step: number; files: Files }
  | { type: "note"; message: string; fact: RunFact | undefined }
  | { type: "trained"; files: Files; metrics: Record<string, number>; model: ModelDescription }
  | { type: "generated"; answers: Answer[][]; gain: number | null }
  | { type: "evaluated"; card: ReportCard }
  | { type: "imported"; files: Files; model: ModelDescription }
  | { type: "failed"; error: RunError };

/** `saved` lets the next step begin: a checkpoint is on disk before training goes on. */
export type ToThread = { type: "saved"; step: number } | { type: "cancel" };
