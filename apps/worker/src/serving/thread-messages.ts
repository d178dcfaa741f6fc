import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import type { Files } from "../run/files.ts";

/** A model that is to be kept in memory. */
export interface ModelToServe {
  readonly id: string;
  /** As errors call it. */
  readonly name: string;
  readonly kind: "policy" | "reward";
  readonly files: Files;
  /** Answers that a policy has under way at a time. */
  readonly slots: number;
}

/** Each call has a number, by which what comes of it is told. */
export type ToServingThread =
  | { readonly type: "load"; readonly call: number; readonly model: ModelToServe }
  | { readonly type: "drop"; readonly modelId: string }
  | {
      readonly type: "ask";
      readonly call: number;
      /** Workspaces take turns. */
      readonly workspaceId: string;
      readonly modelId: string;
      readonly ask: ServingAsk;
    }
  | { readonly type: "leave"; readonly call: number };

export interface FromServingThread {
  readonly call: number;
  readonly news: ServingNews;
}
