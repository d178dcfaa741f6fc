"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConnectionError } from "@touchstone/api-client";
import type { SpooledFileView } from "@touchstone/contracts";
import { useEffect, useRef, useState } from "react";
import { api } from "../../../api/client.ts";
import { type Mark, marked, secondsLeft } from "./pace.ts";
import { openSending, type Sending } from "./send-file.ts";
import { spoolKey } from "./spool-queries.ts";

/** How often a line that was cut off is tried again. */
const againMs = 5_000;

export interface UploadState {
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  /** `away`: the server could not be reached; it is tried again by itself. */
  readonly phase: "sending" | "paused" | "away" | "failed";
  readonly problem: unknown;
  readonly marks: readonly Mark[];
}

/** A file that is being sent, one at a time. @param onThere told once the whole of it is at the server */
export function useUpload(projectId: string, onThere: (file: SpooledFileView) => void) {
  const client = useQueryClient();
  const [state, setState] = useState<UploadState | null>(null);
  const sending = useRef<Sending | null>(null);
  const change = (next: Partial<UploadState>) => setState((now) => now && { ...now, ...next });

  const isAway = state?.phase === "away";
  // External system: the network, which comes back by itself.
  useEffect(() => {
    if (!isAway) return;
    const again = () => {
      setState((now) => now && { ...now, phase: "sending", marks: [] });
      sending.current?.start();
    };
    const timer = setTimeout(again, againMs);
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [isAway]);
  // External system: a request that would go on behind a page that shows nothing of it.
  useEffect(() => () => void sending.current?.pause(), []);

  const send = async (file: File): Promise<void> => {
    await sending.current?.pause();
    setState({ name: file.name, bytes: file.size, sent: 0, phase: "sending", problem: null, marks: [] });
    const fail = (problem: unknown) =>
      change(problem instanceof ConnectionError ? { phase: "away" } : { phase: "failed", problem });
    try {
      sending.current = await openSending(projectId, file, {
        onProgress: (sent) =>
          setState((now) => now && { ...now, sent, marks: marked(now.marks, { at: Date.now(), done: sent }) }),
        onSent: async (id) => {
          try {
            onThere(await api.getSpooled({ params: { id } }));
            setState(null);
            await client.invalidateQueries({ queryKey: spoolKey(projectId) });
          } catch (problem) {
            fail(problem);
          }
        },
        onProblem: fail,
      });
      sending.current.start();
    } catch (problem) {
      change({ phase: "failed", problem });
    }
  };

  return {
    state,
    left: state && secondsLeft(state.marks, state.bytes),
    send,
    pause: async () => {
      await sending.current?.pause();
      change({ phase: "paused", marks: [] });
    },
    goOn: () => {
      change({ phase: "sending", problem: null, marks: [] });
      sending.current?.start();
    },
    cancel: async () => {
      const stopped = sending.current;
      sending.current = null;
      setState(null);
      // What the server could not be told to forget, it forgets by itself in time.
      await stopped?.cancel().catch(() => undefined);
      await client.invalidateQueries({ queryKey: spoolKey(projectId) });
    },
  };
}
