import type { KeyboardEvent } from "react";

/** For a form's `onKeyDown`: Ctrl+Enter (⌘ Enter) sends it from a text of several lines, where Enter alone begins another. */
export function sendFromText({ key, ctrlKey, metaKey, target }: KeyboardEvent<HTMLFormElement>): void {
  if (key !== "Enter" || !(ctrlKey || metaKey) || !(target instanceof HTMLTextAreaElement)) return;
  target.form?.requestSubmit();
}
