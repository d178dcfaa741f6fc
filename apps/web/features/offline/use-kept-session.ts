"use client";
import { useEffect, useState } from "react";
import { keptSession } from "./desk-memory.ts";
import type { KeptSession } from "./kept.ts";

/** Who was signed in here when the server was last heard. Read only while asked for; undefined until it is known. */
export function useKeptSession(asked: boolean): KeptSession | null | undefined {
  const [kept, setKept] = useState<KeptSession | null>();
  // External system: the browser's database.
  useEffect(() => {
    if (!asked) return;
    let left = false;
    void keptSession().then((session) => {
      if (!left) setKept(session);
    });
    return () => {
      left = true;
    };
  }, [asked]);
  return asked ? kept : undefined;
}
