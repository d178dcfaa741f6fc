"use client";
import type { ImportReceipt, ReceiptQuery, SpooledFileView } from "@touchstone/contracts";
import { useRef, useState } from "react";
import { api } from "../../api/client.ts";

export interface ReceiptState {
  /** At the server; whatever reads it names it by its id. */
  readonly file: SpooledFileView | null;
  readonly receipt: ImportReceipt | null;
  readonly pending: boolean;
  readonly problem: unknown;
}

const nothing: ReceiptState = { file: null, receipt: null, pending: false, problem: null };

/**
 * A file and its receipt. Each choice asks anew, and only the answer to the last one counts.
 *
 * @param ask the questionnaire with which a file is read first, by name; undefined leaves it to the file
 */
export function useReceipt(ask: string | undefined) {
  const [state, setState] = useState<ReceiptState>(nothing);
  const asking = useRef<AbortController | null>(null);
  const read = async (file: SpooledFileView, query: ReceiptQuery, former: ImportReceipt | null): Promise<void> => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    // The former receipt of this file stays in sight until the new one is there, and can't be imported meanwhile.
    setState({ file, receipt: former, pending: true, problem: null });
    try {
      const receipt = await api.readSpooled({ params: { id: file.id }, query }, { signal: controller.signal });
      if (!controller.signal.aborted) setState({ file, receipt, pending: false, problem: null });
    } catch (problem) {
      if (!controller.signal.aborted) setState({ file, receipt: former, pending: false, problem });
    }
  };
  return {
    ...state,
    /** A file starts anew: nothing of the one before is kept. */
    choose: (file: SpooledFileView) => read(file, ask === undefined ? {} : { question: ask }, null),
    read: (query: ReceiptQuery) => (state.file ? read(state.file, query, state.receipt) : Promise.resolve()),
    clear: () => {
      asking.current?.abort();
      setState(nothing);
    },
  };
}
