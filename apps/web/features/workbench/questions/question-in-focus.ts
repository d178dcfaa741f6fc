import { focusDesk } from "../state/focus-desk.ts";

/**
 * Goes on to the question that single keys mean now, so that nobody answers one that is out of sight; to the desk where
 * none is left. Whoever pressed a button stays on it, and so does what a question under the thumbs has in focus.
 */
export function goTo(name: string | undefined): void {
  if (document.activeElement?.closest("button")) return;
  // A follow-up is drawn first.
  requestAnimationFrame(() => {
    if (name === undefined) return focusDesk();
    const question = document.querySelector<HTMLElement>(`[data-question="${name}"]`);
    if (!question) return;
    question.focus({ preventScroll: true });
    question.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
}
