import { focusDesk } from "../state/focus-desk.ts";

/**
 * Goes on to the question that single keys mean now, so that nobody answers one that is out of sight; to the desk where
 * none is left. Where it is answered in words its field has the focus, since the next letter is meant for that. Whoever
 * pressed a button stays on it, and so does what a question under the thumbs has in focus.
 */
export function goTo(name: string | undefined): void {
  if (document.activeElement?.closest("button")) return;
  if (name !== undefined && reached(name)) return;
  // A follow-up is drawn first.
  requestAnimationFrame(() => {
    if (name === undefined) focusDesk();
    else reached(name);
  });
}

/** Whether the question is on the page: then it, or its field, has the focus. */
function reached(name: string): boolean {
  const question = document.querySelector<HTMLElement>(`[data-question="${name}"]`);
  if (!question) return false;
  const field = question.querySelector<HTMLElement>("[data-writing]");
  (field ?? question).focus({ preventScroll: true });
  question.scrollIntoView({ block: "nearest", behavior: "instant" });
  return true;
}
