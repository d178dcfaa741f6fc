import type { Question } from "@touchstone/contracts";
import { focusDesk } from "../state/focus-desk.ts";

/**
 * Goes on to the question that single keys mean now, so that nobody answers one that is out of sight; to the desk where
 * none is left. Where it is answered in words its field has the focus, since the next letter is meant for that; but one that
 * may be left out has it only when asked for, since Enter is to send what is answered. Whoever pressed a button stays on
 * it, and so does what a question under the thumbs has in focus.
 */
export function goTo(question: Question | undefined): void {
  if (document.activeElement?.closest("button")) return;
  if (question && reached(question)) return;
  // A follow-up is drawn first.
  requestAnimationFrame(() => {
    if (question) reached(question);
    else focusDesk();
  });
}

/** Whether the question is on the page: then it, or its field, has the focus. */
function reached({ name, required }: Question): boolean {
  const shown = document.querySelector<HTMLElement>(`[data-question="${name}"]`);
  if (!shown) return false;
  const field = required ? shown.querySelector<HTMLElement>("[data-writing]") : null;
  (field ?? shown).focus({ preventScroll: true });
  shown.scrollIntoView({ block: "nearest", behavior: "instant" });
  return true;
}
