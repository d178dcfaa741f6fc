import type { TrainingErrorCode } from "@touchstone/contracts";
import type { EngineName } from "@touchstone/engine";
import type { TrainerRequest } from "../training/request.ts";
import { TrainingError } from "../training-error.ts";

/** The part of a request that can be copied to another thread: all but its functions and its engine. */
export type CopiedRequest = Omit<
  TrainerRequest,
  "engine" | "judge" | "signal" | "onMetric" | "onCheckpoint" | "onNote"
>;

/** What a replica is started with. */
export interface ReplicaJob {
  readonly request: CopiedRequest;
  /** The caller's rule for answers, which is a function and stays with the first thread. */
  readonly judgeName: string | undefined;
  readonly memory: SharedArrayBuffer;
  readonly rank: number;
  readonly size: number;
  readonly backend: EngineName;
  readonly fingerprint: string;
}

/** The one thing that a replica says. It may be done before the first thread is, which has callbacks to wait for. */
export type ReplicaEnd = ReplicaFailure | "done";

/** Why a replica could not go on. An error loses its class on the way between threads. */
export interface ReplicaFailure {
  readonly code: TrainingErrorCode | undefined;
  readonly message: string;
  readonly stack: string | undefined;
  readonly values: TrainingError["values"];
  readonly reason: TrainingError["reason"];
}

export function failureOf(error: unknown): ReplicaFailure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof TrainingError)) return { code: undefined, message, stack, values: {}, reason: undefined };
  const { code, values, reason } = error;
  return { code, message, stack, values, reason };
}

export function errorOf({ code, message, stack, values, reason }: ReplicaFailure): Error {
  const error = code ? new TrainingError(code, message, { values, reason }) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
