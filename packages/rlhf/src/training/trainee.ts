import type { Scalar } from "@tensorflow/tfjs";
import type { Files } from "../model/files.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Metrics } from "./request.ts";

/** A part of a step that fits into memory at once; the parts' gradients add up to the step's. */
export interface StepPart {
  /** Weight of this part's mean loss in the step's; the shares of a step sum to 1. */
  readonly share: number;
  /** Tokens it runs through the model, for the speed that is reported. */
  readonly tokens: number;
  /** The mean loss of the part, on the tape. `observe` reports further means by name, weighted by the share or by their own weight. */
  loss(observe: (name: string, value: Scalar, weight?: number) => void): Scalar;
}

export interface Step {
  readonly parts: readonly StepPart[];
  /** Updates after the first one, from the same data: PPO's passes over a batch. */
  readonly further?: readonly (readonly StepPart[])[];
  /** What is known before the gradient, such as the reward of the step's samples. */
  readonly metrics?: Metrics;
}

/**
 * What a trainer hands to the loop. Everything it does is a function of seed, step and the present parameters: each thread of a
 * team has one, and all do the same (parallel/team.ts).
 */
export interface Trainee {
  readonly totalSteps: number;
  readonly parameters: Parameters;
  /** Whether the optimiser moves this tensor; the rest changes only in `afterStep`. */
  trains(name: string): boolean;
  /** Steps count from 1. */
  prepare(step: number): Step | Promise<Step>;
  afterStep?(): void;
  /** What the trainee carries from step to step beside its parameters; it is kept in checkpoints. */
  readonly state?: { read(): Metrics; write(state: Metrics): void };
  /** Looks at the held-out split; empty if there is none. */
  evaluate(): Metrics | Promise<Metrics>;
  /** The trained model and its final figures. */
  finish(): Promise<{ files: Files; metrics: Metrics }> | { files: Files; metrics: Metrics };
  dispose(): void;
}
