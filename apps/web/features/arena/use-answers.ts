"use client";
import { ApiError } from "@touchstone/api-client";
import { type ArenaBattleView, ArenaNews } from "@touchstone/contracts";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { readEvents } from "../../api/read-events.ts";

interface Growing {
  readonly a: string;
  readonly b: string;
  readonly problem: unknown;
}
const nothing: Growing = { a: "", b: "", problem: null };

/** What was said of both so far; from its beginning again where the stream is asked for anew. */
export interface Answers extends Growing {
  readonly askAgain: () => void;
}

/** Reads both answers to the last turn while they are written. What breaks off is no answer, and can be asked for again. */
export function useAnswers(battle: ArenaBattleView | null, onWhole: (battle: ArenaBattleView) => void): Answers {
  const [growing, setGrowing] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  const last = battle?.turns.at(-1);
  const id = battle?.state === "open" && last?.answers === null ? battle.id : null;
  // Each turn is a stream of its own, and so is each time that it is asked for.
  const stream = id === null ? null : [id, last?.number, attempt].join(" ");

  // External system: the stream of the two answers, which ends when nobody reads it.
  useEffect(() => {
    const [battleId] = stream?.split(" ") ?? [];
    if (battleId === undefined) return;
    const leave = new AbortController();
    setGrowing(nothing);
    readAnswers(battleId, leave.signal, (a, b) =>
      setGrowing((before) => ({ ...before, a: before.a + a, b: before.b + b })),
    )
      .then((whole) => {
        if (!leave.signal.aborted) onWhole(whole);
      })
      .catch((problem: unknown) => {
        if (!leave.signal.aborted) setGrowing({ ...nothing, problem });
      });
    return () => leave.abort();
  }, [stream, onWhole]);

  return { ...growing, askAgain: () => setAttempt((before) => before + 1) };
}

/** @throws what the API refuses, also where it says so in the middle; ConnectionError where the network breaks off */
async function readAnswers(
  id: string,
  signal: AbortSignal,
  onSaid: (a: string, b: string) => void,
): Promise<ArenaBattleView> {
  try {
    for await (const event of readEvents(await api.streamAnswers({ params: { id } }, { signal }))) {
      const news = ArenaNews.parse(event);
      if (news.type === "said") onSaid(news.a, news.b);
      if (news.type === "failed") throw new ApiError(news.problem);
    }
  } catch (error) {
    // Whole already: another window has had them written.
    if (!(error instanceof ApiError && error.refusal?.reason === "arenaNothingToAnswer")) throw error;
  }
  return api.getBattle({ params: { id } });
}
