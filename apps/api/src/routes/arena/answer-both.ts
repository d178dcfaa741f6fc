import { setTimeout as sleep } from "node:timers/promises";
import { type ArenaNews, DomainError, refused } from "@touchstone/contracts";
import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import type { Side, SideToAnswer, TurnToAnswer } from "@touchstone/persistence";
import { EvenPace } from "./even-pace.ts";

/** Every so many ms a piece of at most so many characters: about four pages a minute, faster than anybody reads. */
const tickMs = 100;
const charactersATick = 24;
/** After so many ticks without a piece an empty one says that the answers are still being written. */
const silentTicks = 50;
/** After so many ticks somebody who came later, to another process, is noticed. */
const heldTicks = 20;

export interface Answering {
  /** Asks one policy. @throws DomainError what it refuses */
  readonly ask: (side: SideToAnswer, signal: AbortSignal) => AsyncIterable<ServingNews>;
  /** Keeps one side's whole answer. */
  readonly keep: (side: Side, answer: { readonly text: string; readonly finishReason: string }) => Promise<void>;
  readonly isStillHeld: () => Promise<boolean>;
}

/** What a policy is asked for a side. */
export function askOf({ messages, seed, sampling }: SideToAnswer): ServingAsk {
  return { kind: "chat", messages, answers: 1, seed, sampling: { ...sampling, stop: [] } };
}

/**
 * Both answers to a turn at an even pace. Each is kept the moment it is whole, and `whole` comes when both are kept and told:
 * what ends without it is no answer. A side that was whole before is told again from what is kept.
 *
 * @throws DomainError what either side throws, as it is: the caller makes it blind
 */
export async function* answerBoth(
  { sides }: Pick<TurnToAnswer, "sides">,
  { ask, keep, isStillHeld }: Answering,
  signal: AbortSignal,
): AsyncGenerator<ArenaNews> {
  const pace = new EvenPace(charactersATick);
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  let begun = 0;

  async function answer(side: Side): Promise<void> {
    const { text: kept } = sides[side];
    if (kept !== null) {
      begun += 1;
      pace.add(side, kept);
      pace.end(side);
      return;
    }
    const said: string[] = [];
    let finishReason: string | undefined;
    for await (const news of ask(sides[side], both)) {
      if (news.type === "failed") throw new DomainError(news.error.code, news.error.message, news.error);
      if (news.type === "begun") begun += 1;
      if (news.type !== "said") continue;
      for (const one of news.said) {
        const text = storable(one.text);
        said.push(text);
        pace.add(side, text);
        finishReason = one.finishReason ?? finishReason;
      }
    }
    if (finishReason === undefined) throw refused("servingBrokeOff");
    await keep(side, { text: said.join("").toWellFormed(), finishReason });
    pace.end(side);
  }

  const answers = Promise.all([answer("a"), answer("b")]);
  // Whoever fails first is told by the next tick; until then nobody may take it for unhandled.
  let fault: unknown;
  answers.catch((error: unknown) => {
    fault ??= error;
  });
  try {
    for (let tick = 0, silent = 0, told = false; ; tick++) {
      signal.throwIfAborted();
      if (fault !== undefined) throw fault;
      // The first news is that both are at it: what either refuses is refused before.
      if (!told && begun === 2) {
        told = true;
        yield { type: "said", a: "", b: "" };
      }
      const piece = told ? pace.next() : null;
      silent = piece === null ? silent + 1 : 0;
      if (piece !== null) yield { type: "said", ...piece };
      else if (told && silent % silentTicks === 0) yield { type: "said", a: "", b: "" };
      if (told && pace.isDone) break;
      if (tick % heldTicks === heldTicks - 1 && !(await isStillHeld())) throw refused("arenaElsewhere");
      await sleep(tickMs, undefined, { signal: both }).catch(() => undefined);
    }
    await answers;
    yield { type: "whole" };
  } finally {
    stop.abort(refused("callerLeft"));
  }
}

/** Postgres stores no NUL; what a policy says instead of one is the sign for what can't be shown. */
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");
