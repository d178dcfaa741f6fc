"use client";
import { useState } from "react";

/** Says something about a state of affairs, for as long as that lasts. */
export function useSaid(now: string): { said: string | null; say: (words: string, about?: string) => void } {
  const [said, setSaid] = useState<{ readonly words: string; readonly about: string } | null>(null);
  return {
    said: said?.about === now ? said.words : null,
    say: (words, about = now) => setSaid({ words, about }),
  };
}
