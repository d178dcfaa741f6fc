import { useSyncExternalStore } from "react";

/** The answer that has the focus by its place, as a card or as a letter in the strip. */
export function placeInFocus(): number | null {
  const answer = document.activeElement?.closest<HTMLElement>("[data-answer], [data-place]");
  return answer ? Number(answer.dataset.answer ?? answer.dataset.place) : null;
}

/** The same for whoever draws it. */
export function useCardInFocus(): number | null {
  return useSyncExternalStore(watchFocus, placeInFocus, () => null);
}

function watchFocus(changed: () => void): () => void {
  const parting = new AbortController();
  for (const event of ["focusin", "focusout"]) document.addEventListener(event, changed, { signal: parting.signal });
  return () => parting.abort();
}

/** Puts the focus on a card, and brings its beginning into sight where it cannot be read yet. */
export function focusCard(place: number): void {
  const card = document.querySelector<HTMLElement>(`[data-answer="${place}"]`);
  if (!card) return;
  card.focus({ preventScroll: true });
  const upper = document.querySelector(".workbench-bar")?.getBoundingClientRect().bottom ?? 0;
  const lower = document.querySelector(".workbench-foot")?.getBoundingClientRect().top ?? window.innerHeight;
  const { top, bottom, left, right } = card.getBoundingClientRect();
  const beside = left < 0 || right > window.innerWidth;
  const readable = top >= upper && (bottom <= lower || top < (upper + lower) / 2);
  if (beside || !readable) card.scrollIntoView({ block: "start", inline: "start", behavior: "instant" });
}

/** The next card without a rank after this one, from the first again after the last; −1 where all have one. */
export function nextUnranked(ranks: readonly (number | null)[], place: number): number {
  const after = ranks.indexOf(null, place + 1);
  return after < 0 ? ranks.indexOf(null) : after;
}
