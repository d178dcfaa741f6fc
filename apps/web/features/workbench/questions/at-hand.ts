"use client";
import { useSyncExternalStore } from "react";

/** Which of a task's questions somebody is at, as far as that is theirs to say. */
interface AtHand {
  readonly lease: string;
  /** The question that the answers are shown for, where several put something in the place of their texts. */
  readonly body: string | null;
  /** The one that single keys mean, whichever comes next. */
  readonly question: string | null;
}

/** Answers and foot of the desk are drawn apart, and both follow this. It lasts as long as the page. */
let atHand: AtHand = { lease: "", body: null, question: null };
const listeners = new Set<() => void>();

function change(lease: string, next: Partial<AtHand>): void {
  const before = atHand.lease === lease ? atHand : { body: null, question: null };
  atHand = { ...before, lease, ...next };
  for (const listener of listeners) listener();
}

/** Shows the answers for a question. */
export const showBody = (lease: string, name: string): void => change(lease, { body: name, question: null });

/** Single keys mean this question until it is laid down. */
export const takeUp = (lease: string, name: string): void => change(lease, { question: name });

export const layDown = (lease: string): void => change(lease, { question: null });

export function useAtHand(lease: string): Pick<AtHand, "body" | "question"> {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => atHand,
    () => atHand,
  );
  return now.lease === lease ? now : nothing;
}

const nothing = { body: null, question: null } as const;
