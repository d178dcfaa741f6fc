"use client";
import type { ReceiptQuery } from "@touchstone/contracts";
import { useState } from "react";

/** What of a reading was chosen by somebody; all else follows from the file anew with each receipt. */
export type Asked = Pick<ReceiptQuery, "question" | "way" | "pairs" | "seed" | "atOnce">;

const ofTasks = ["way", "pairs", "seed", "atOnce"] as const;

/**
 * Keeps what was chosen while a file is read in one way after another: the questionnaire, and how answers become tasks. A column
 * that becomes something else may be a reason for another questionnaire, so one that nobody chose is not asked for again.
 *
 * @param ask the questionnaire that somebody came here to ask
 */
export function useAsked(ask: string | undefined, onRead: (query: ReceiptQuery) => void) {
  const [asked, setAsked] = useState<Asked>(() => (ask === undefined ? {} : { question: ask }));
  const read = (query: ReceiptQuery): void => {
    const next = chosenBy(asked, query);
    setAsked(next);
    const { question: _, way: _way, pairs: _pairs, seed: _seed, atOnce: _atOnce, ...reading } = query;
    onRead({ ...reading, ...next });
  };
  return { asked, read };
}

/** Another questionnaire shows another number of answers, so that what was chosen for the former one goes. */
function chosenBy(asked: Asked, query: ReceiptQuery): Asked {
  const { question = asked.question } = query;
  const kept = question === asked.question ? asked : {};
  const said = ofTasks.some((name) => name in query);
  const { way, pairs, seed, atOnce } = said ? query : kept;
  return {
    ...(question === undefined ? {} : { question }),
    ...(way === undefined ? {} : { way }),
    ...(pairs === undefined ? {} : { pairs }),
    ...(seed === undefined ? {} : { seed }),
    ...(atOnce === undefined ? {} : { atOnce }),
  };
}
