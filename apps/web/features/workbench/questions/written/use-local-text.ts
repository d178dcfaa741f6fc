"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

/** So long what was typed last stands in its field alone. Kept at each key, a text of 20,000 words would hold up the next one. */
const keptAfterMs = 400;

interface Unkept {
  readonly timer: ReturnType<typeof setTimeout>;
  text: string;
  keep: (text: string) => void;
}

export interface LocalText {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Keeps at once what has not been kept yet. */
  readonly flush: () => void;
}

/**
 * A text while it is typed. It is kept a moment later, when its field is left, and whenever a pointer goes down anywhere,
 * for that may be the button that sends it.
 *
 * @param kept as the session has it: what a reload or an undo brings back takes the field over.
 */
export function useLocalText(kept: string, keep: (text: string) => void): LocalText {
  const [{ text, seen }, set] = useState({ text: kept, seen: kept });
  const unkept = useRef<Unkept | null>(null);
  if (seen !== kept) set({ text: kept, seen: kept });

  // External systems: pointers, and the life of the page.
  useEffect(() => {
    const parting = new AbortController();
    const { signal } = parting;
    const flush = (): void => keepNow(unkept);
    document.addEventListener("pointerdown", flush, { signal, capture: true });
    document.addEventListener("visibilitychange", flush, { signal, capture: true });
    window.addEventListener("pagehide", flush, { signal, capture: true });
    return () => {
      parting.abort();
      // Whether the task still lies on the desk is known to the session.
      flush();
    };
  }, []);
  return {
    text,
    change(next) {
      set({ text: next, seen: kept });
      const timer = unkept.current?.timer ?? setTimeout(() => keepNow(unkept), keptAfterMs);
      unkept.current = { timer, text: next, keep };
    },
    flush: () => keepNow(unkept),
  };
}

function keepNow(unkept: RefObject<Unkept | null>): void {
  const last = unkept.current;
  if (!last) return;
  clearTimeout(last.timer);
  unkept.current = null;
  last.keep(last.text);
}
