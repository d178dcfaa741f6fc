import type { MessagePort } from "node:worker_threads";
import type { DomainErrorData } from "@touchstone/contracts";

/** A job as a thread is given it: its name, what it works on, and by which way both sides talk meanwhile. */
export interface Task {
  readonly name: string;
  readonly input: unknown;
  readonly port: MessagePort;
}

/** What the thread hears while it works: that the next chunk is wanted, or that nothing is any more. */
export type Word = "more" | "stop";

/** Part of what a job makes; its bytes move to the other thread and are not copied. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How a job ended. Errors are data here: on the way between threads an object of a class loses what is its own. */
export type Outcome =
  | { readonly result: unknown }
  | { readonly error: DomainErrorData; readonly stack: string | undefined };

/** Work on something: either as a whole, or chunk after chunk, each when the one before has been taken. */
export type Job = (input: never, signal: AbortSignal) => Promise<unknown> | AsyncGenerator<Chunk>;
export type Jobs = Readonly<Record<string, Job>>;

export type InputOf<J extends Job> = Parameters<J>[0];
export type ResultOf<J extends Job> = ReturnType<J> extends Promise<infer Result> ? Result : never;
export type ChunkOf<J extends Job> = ReturnType<J> extends AsyncGenerator<infer Made> ? Made : never;
/** The names of the jobs that make chunks, and of those that do not. */
export type Streamed<All extends Jobs> = {
  [Name in keyof All]: ReturnType<All[Name]> extends Promise<unknown> ? never : Name;
}[keyof All] &
  string;
export type Whole<All extends Jobs> = Exclude<keyof All, Streamed<All>> & string;
