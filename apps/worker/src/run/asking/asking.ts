import { setTimeout as sleep } from "node:timers/promises";
import { askCompletion, type CompletionFault, type CompletionOutcome } from "@touchstone/outgoing";
import {
  type AskableEndpoint,
  type BegunCall,
  beginCall,
  endCall,
  type PromptForGeneration,
  type WantedAnswer,
} from "@touchstone/persistence";
import type { HeldRun } from "../context.ts";
import { longestAskedMs, pauseBeforeAgain } from "./pause-before-again.ts";

/** Calls for one answer: more where none was paid for, as of an endpoint that is busy. */
const mostAttempts = 6;
const mostPaidAttempts = 3;
/** So many answers given up one after the other: the endpoint is not well, and the rest is not asked. */
const mostInARow = 5;
/** Milliseconds between two pieces of news for those who watch. */
const newsMs = 1_000;
/** The longest time, in ms, between two looks whether there is room: an admin may have raised the limits meanwhile. */
const longestLookMs = 2_000;

/** One answer that is wanted, and what was tried for it before. */
export interface Wanted extends WantedAnswer {
  readonly prompt: PromptForGeneration;
  readonly attempts: number;
}

/** Why the rest is not asked. */
export type Halt = { readonly why: "budget" } | { readonly why: "fault"; readonly fault: CompletionFault };

/** Asks an endpoint for one run: each call is written down before and after, and what one of them learns all heed. */
export class Asking {
  readonly #held: HeldRun;
  readonly #endpoint: AskableEndpoint;
  readonly #sampling: AskableEndpoint["sampling"];
  #halt: Halt | null = null;
  /** What the endpoint asked to be spared, as a time of this process's clock. */
  #spareUntil = 0;
  /** The last that waits for room. */
  #queue: Promise<unknown> = Promise.resolve();
  #inARow = 0;
  #toldAt = 0;

  constructor(held: HeldRun, endpoint: AskableEndpoint, sampling: AskableEndpoint["sampling"]) {
    this.#held = held;
    this.#endpoint = endpoint;
    this.#sampling = sampling;
  }

  get halt(): Halt | null {
    return this.#halt;
  }

  /** Until it is answered or given up, the run halts, or the worker is to stop. */
  async ask(wanted: Wanted, signal: AbortSignal): Promise<void> {
    let attempts = wanted.attempts;
    while (this.#goesOn()) {
      const call = await this.#inTurn(() => this.#begin(wanted, signal));
      if (call === null) return;
      const outcome = await this.#call(wanted, signal);
      attempts++;
      const again = this.#isAskedAgain(outcome, attempts);
      await this.#end(call, outcome, again);
      if (!again) return;
      await this.#sleep(pauseBeforeAgain(attempts, null, Math.random()), signal);
    }
  }

  #goesOn(): boolean {
    return this.#halt === null && !this.#held.stop.aborted;
  }

  /** Ends early where the worker is to stop. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, this.#held.stop]) }).catch(() => {});
    signal.throwIfAborted();
  }

  /** One after another: many lanes that wait for room look for it no more often than one. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#queue.then(work);
    this.#queue = mine.catch(() => {});
    return mine;
  }

  /** Waits for room within the endpoint's limits, and as long as it asked to be spared. Null where nothing is to be asked any more. */
  async #begin(wanted: Wanted, signal: AbortSignal): Promise<BegunCall | null> {
    const { db, fence } = this.#held;
    while (this.#goesOn()) {
      signal.throwIfAborted();
      const spareMs = this.#spareUntil - Date.now();
      if (spareMs > 0) {
        await this.#sleep(spareMs, signal);
        continue;
      }
      const begun = await beginCall(db, fence, this.#endpoint.id, wanted);
      if (begun.kind === "asked") return begun.call;
      if (begun.kind === "gone") return null;
      if (begun.kind === "wait") await this.#sleep(Math.min(begun.ms, longestLookMs), signal);
      else this.#halt ??= { why: "budget" };
    }
    return null;
  }

  #call({ prompt, seed }: Wanted, signal: AbortSignal): Promise<CompletionOutcome> {
    const { baseUrl, model, key, dialect, limits } = this.#endpoint;
    return askCompletion(this.#held.outgoing, {
      ...{ baseUrl, model, key, dialect, seed, signal },
      sampling: this.#sampling,
      messages: prompt.messages,
      wholeMs: limits.seconds * 1000,
    });
  }

  #isAskedAgain({ fault, retryAfterMs }: CompletionOutcome, attempts: number): boolean {
    if (fault?.next !== "again") return false;
    if (retryAfterMs !== null && retryAfterMs > longestAskedMs) {
      this.#halt ??= { why: "fault", fault };
      return false;
    }
    if (retryAfterMs !== null) {
      const until = Date.now() + pauseBeforeAgain(1, retryAfterMs, Math.random());
      this.#spareUntil = Math.max(this.#spareUntil, until);
    }
    return attempts < (fault.mayBePaid ? mostPaidAttempts : mostAttempts);
  }

  async #end(call: BegunCall, { status, answer, fault }: CompletionOutcome, again: boolean): Promise<void> {
    const { db, fence } = this.#held;
    const { id, limits } = this.#endpoint;
    if (answer !== null) this.#inARow = 0;
    else if (!again && fault !== null) {
      this.#inARow++;
      if (fault.next === "stop" || this.#inARow >= mostInARow) this.#halt ??= { why: "fault", fault };
    }
    const state = endOf(answer !== null, again);
    await endCall(db, fence, { endpointId: id, limits, call }, { state, status, answer, fault });
    this.#tell();
  }

  #tell(): void {
    const { run, broadcast } = this.#held;
    if (Date.now() - this.#toldAt < newsMs) return;
    this.#toldAt = Date.now();
    broadcast({ type: "run-changed", runId: run.id, workspaceId: run.workspaceId });
  }
}

function endOf(answered: boolean, again: boolean): "answered" | "again" | "failed" {
  if (answered) return "answered";
  return again ? "again" : "failed";
}
