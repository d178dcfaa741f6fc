"use client";
import { useSyncExternalStore } from "react";
import type { Range } from "../../text/cut-by.ts";
import { layDown, takeUp } from "../at-hand.ts";
import type { Mark } from "./marks.ts";

/** What is about to be marked, or a mark that is about to be changed. Nothing of it is kept until it is a mark. */
export interface TakenUp {
  readonly lease: string;
  readonly question: string;
  readonly place: number;
  /** In UTF-16 units of the answer's text; null for all of it. */
  readonly stretch: Range | null;
  /** The mark in hand. */
  readonly mark: Mark | null;
  /** What is said of it so far. */
  readonly category: string | null;
}

/** There is one hand: the answers and the foot of the desk are drawn apart, and both see what is in it. */
let inHand: TakenUp | null = null;
const listeners = new Set<() => void>();

function change(next: TakenUp | null): void {
  inHand = next;
  for (const listener of listeners) listener();
}

/** Takes something up for a question: single keys are about it until it is marked or laid down. */
export function take(next: TakenUp): void {
  change(next);
  takeUp(next.lease, next.question);
}

/** Empties the hand. What was selected for it is selected no longer, lest a part of it be taken up when the text changes. */
export function letGo(): void {
  if (!inHand) return;
  layDown(inHand.lease);
  document.getSelection()?.removeAllRanges();
  change(null);
}

/** What is in hand for a question of a task; null where nothing is. */
export function useTakenUp(lease: string, question: string): TakenUp | null {
  const taken = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => inHand,
    () => null,
  );
  return taken?.lease === lease && taken.question === question ? taken : null;
}
