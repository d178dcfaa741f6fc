"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { OwnAnswer } from "@touchstone/contracts";
import { useRef, useState } from "react";
import { api } from "../../api/client.ts";
import { randomKey } from "../workbench/state/desk.ts";
import type { Correction, CorrectionBox } from "./correction-box.ts";
import { ownAnswersQuery } from "./own-queries.ts";

interface TakeBack {
  readonly takeBack: (row: OwnAnswer, waiting: Correction | undefined) => void;
  /** Why the last one could not be. */
  readonly problem: unknown;
}

/** Takes a correction back: at once if it never left this browser, else by asking the server. */
export function useTakeBack(projectId: string, box: CorrectionBox, onDone: () => void): TakeBack {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<unknown>();
  // Asked again under the same key, it happens once.
  const keys = useRef(new Map<string, string>());

  const ask = async (row: OwnAnswer, waiting: Correction | undefined): Promise<void> => {
    setProblem(undefined);
    if (waiting) {
      // What is on its way already is taken back once the list shows it.
      if (await box.withdraw(waiting)) onDone();
      return;
    }
    const idempotencyKey = keys.current.get(row.id) ?? randomKey();
    keys.current.set(row.id, idempotencyKey);
    try {
      await api.undoCorrection({ params: { id: row.id }, body: { idempotencyKey } });
      onDone();
    } catch (error) {
      setProblem(error);
    }
    await queries.invalidateQueries({ queryKey: ownAnswersQuery(projectId).queryKey });
  };
  return { takeBack: (row, waiting) => void ask(row, waiting), problem };
}
