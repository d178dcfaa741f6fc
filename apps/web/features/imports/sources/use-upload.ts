"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConnectionError } from "@touchstone/api-client";
import type { SpooledFileView } from "@touchstone/contracts";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { api } from "../../../api/client.ts";
import { type Mark, marked, secondsLeft } from "./pace.ts";
import { openSending, type Sending } from "./send-file.ts";
import { type SpoolPlace, spoolKey } from "./spool-queries.ts";

/** How often a line that was cut off is tried again. */
const againMs = 5_000;

export interface UploadState {
  /** Of the file at the server; null until the server knows of it. */
  readonly id: string | null;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  /** `away`: the server could not be reached; it is tried again by itself. */
  readonly phase: "sending" | "paused" | "away" | "failed";
  readonly problem: unknown;
  readonly marks: readonly Mark[];
}

/** A file that is being sent, one at a time. @param onThere told once the whole of it is at the server */
export function useUpload(place: SpoolPlace, onThere: (file: SpooledFileView) => void) {
  const client = useQueryClient();
  const [state, setState] = useState<UploadState | null>(null);
  const sending = useRef<Sending | null>(null);
  /** The file of which a sending is being opened or goes on; what comes of any other is no longer asked for. */
  const wanted = useRef<File | null>(null);
  const [original, setOriginal] = useState<{ readonly id: string; readonly file: File } | null>(null);
  const change = (next: Partial<UploadState>) => setState((now) => now && { ...now, ...next });

  const goOn = (): void => {
    change({ phase: "sending", problem: null, marks: [] });
    if (sending.current) sending.current.start();
    // It broke before the sending was open.
    else if (wanted.current) void send(wanted.current);
  };

  const isAway = state?.phase === "away";
  const again = useEffectEvent(goOn);
  // External system: the network, which comes back by itself.
  useEffect(() => {
    if (!isAway) return;
    const tryAgain = () => again();
    const timer = setTimeout(tryAgain, againMs);
    window.addEventListener("online", tryAgain);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", tryAgain);
    };
  }, [isAway]);
  // External system: a request that would go on behind a page that shows nothing of it.
  useEffect(
    () => () => {
      wanted.current = null;
      void sending.current?.pause();
    },
    [],
  );

  async function send(file: File): Promise<void> {
    wanted.current = file;
    await sending.current?.pause();
    sending.current = null;
    setState({ id: null, name: file.name, bytes: file.size, sent: 0, phase: "sending", problem: null, marks: [] });
    const fail = (problem: unknown) =>
      change(problem instanceof ConnectionError ? { phase: "away" } : { phase: "failed", problem });
    try {
      const opened = await openSending(place, file, {
        onPlace: (id) => change({ id }),
        onProgress: (sent) =>
          setState((now) => now && { ...now, sent, marks: marked(now.marks, { at: Date.now(), done: sent }) }),
        onSent: async (id) => {
          try {
            const there = await api.getSpooled({ params: { id } });
            void client.invalidateQueries({ queryKey: spoolKey(place) });
            if (wanted.current !== file) return;
            setOriginal({ id, file });
            setState(null);
            onThere(there);
          } catch (problem) {
            fail(problem);
          }
        },
        onProblem: fail,
      });
      // Meanwhile it was cancelled, another file was chosen, or the page was left.
      if (wanted.current !== file) return;
      sending.current = opened;
      opened.start();
    } catch (problem) {
      if (wanted.current === file) fail(problem);
    }
  }

  return {
    state,
    /** The file on this device of which that at the server is a copy, if this page has sent it. */
    originalOf: (id: string) => (original?.id === id ? original.file : null),
    left: state && secondsLeft(state.marks, state.bytes),
    send,
    pause: async () => {
      await sending.current?.pause();
      change({ phase: "paused", marks: [] });
    },
    goOn,
    cancel: async () => {
      const stopped = sending.current;
      wanted.current = null;
      sending.current = null;
      setState(null);
      // What the server could not be told to forget, it forgets by itself in time.
      await stopped?.cancel().catch(() => undefined);
      await client.invalidateQueries({ queryKey: spoolKey(place) });
    },
  };
}
