/** A question that was begun: which task it is about was settled with its first letter. */
export interface AskDraft {
  readonly taskId: string;
  readonly text: string;
  /** One key for each question, so that one that is sent again after a lost answer stays one. */
  readonly key: string;
}

/** For as long as the window is open, a reload included; where the browser keeps nothing, until the reload. */
const store = (): Storage | null => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
};

const nameOf = (projectId: string): string => `touchstone-question ${projectId}`;

export function readDraft(projectId: string): AskDraft | null {
  try {
    const kept: unknown = JSON.parse(store()?.getItem(nameOf(projectId)) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepDraft(projectId: string, draft: AskDraft | null): void {
  try {
    if (draft) store()?.setItem(nameOf(projectId), JSON.stringify(draft));
    else store()?.removeItem(nameOf(projectId));
  } catch {
    // A full store keeps no draft; the field has it still.
  }
}

const isDraft = (value: unknown): value is AskDraft =>
  typeof value === "object" &&
  value !== null &&
  "taskId" in value &&
  "text" in value &&
  "key" in value &&
  [value.taskId, value.text, value.key].every((one) => typeof one === "string");
