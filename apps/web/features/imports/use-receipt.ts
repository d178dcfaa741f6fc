"use client";
import type { ImportReceipt, ReceiptQuery } from "@touchstone/contracts";
import { useRef, useState } from "react";
import { api } from "../../api/client.ts";

/** The browser gives no bytes of a file that has changed on disk since it was chosen. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";
}

export interface ReceiptState {
  readonly file: File | null;
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
export function useReceipt(projectId: string, ask: string | undefined) {
  const [state, setState] = useState<ReceiptState>(nothing);
  const asking = useRef<AbortController | null>(null);
  const read = async (file: File, query: ReceiptQuery, former: ImportReceipt | null): Promise<void> => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    // The former receipt of this file stays in sight until the new one is there, and can't be imported meanwhile.
    setState({ file, receipt: former, pending: true, problem: null });
    try {
      await assertUnchanged(file);
      const receipt = await api.makeReceipt(
        { params: { id: projectId }, query, upload: uploadOf(file) },
        { signal: controller.signal },
      );
      if (!controller.signal.aborted) setState({ file, receipt, pending: false, problem: null });
    } catch (problem) {
      if (!controller.signal.aborted) setState({ file, receipt: former, pending: false, problem });
    }
  };
  return {
    ...state,
    /** A file starts anew: nothing of the one before is kept. */
    choose: (file: File) => read(file, ask === undefined ? {} : { question: ask }, null),
    read: (query: ReceiptQuery) => (state.file ? read(state.file, query, state.receipt) : Promise.resolve()),
    clear: () => {
      asking.current?.abort();
      setState(nothing);
    },
  };
}

export function uploadOf(file: File) {
  return { body: file, contentType: "application/octet-stream" } as const;
}

/** @throws FileChangedError */
export async function assertUnchanged(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new FileChangedError("the file has changed on disk");
  }
}
