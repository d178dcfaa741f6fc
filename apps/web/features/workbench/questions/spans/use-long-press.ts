"use client";
import { type PointerEvent, useRef } from "react";

/** A little longer than browsers wait before they select a word by themselves: this is for those that don't. */
const longMs = 650;
/** A finger never lies quite still, in px. */
const still = 10;

interface LongPress {
  readonly begin: (event: PointerEvent) => void;
  /** Whether the press that ends in a click was a long one. */
  readonly wasLong: () => boolean;
}

/** Tells of a finger that stays where it is. */
export function useLongPress(onLong: (point: { x: number; y: number }) => void): LongPress {
  const wasLong = useRef(false);
  return {
    wasLong: () => wasLong.current,
    begin({ pointerType, clientX: x, clientY: y }) {
      wasLong.current = false;
      if (pointerType !== "touch") return;
      const ending = new AbortController();
      const { signal } = ending;
      const timer = setTimeout(() => {
        ending.abort();
        wasLong.current = true;
        onLong({ x, y });
      }, longMs);
      signal.addEventListener("abort", () => clearTimeout(timer));
      const end = (): void => ending.abort();
      const move = (moved: globalThis.PointerEvent): void => {
        if (Math.hypot(moved.clientX - x, moved.clientY - y) > still) end();
      };
      for (const kind of ["pointerup", "pointercancel"] as const) window.addEventListener(kind, end, { signal });
      window.addEventListener("pointermove", move, { signal });
    },
  };
}
