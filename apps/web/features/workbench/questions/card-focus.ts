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

/** The card that had the focus last. Gone from the page with its task, it is nobody's any more. */
let lastCard: HTMLElement | null = null;

/**
 * The answer that somebody is at: on a phone the one in sight, else the one in focus, else the one that had the focus
 * before a button was pressed.
 */
export function placeAtHand(): number | null {
  const swiped = document.querySelector<HTMLElement>("#answers[data-swiped]");
  if (swiped) return Math.round(swiped.scrollLeft / swiped.clientWidth);
  const last = lastCard?.isConnected ? Number(lastCard.dataset.answer) : null;
  return placeInFocus() ?? last;
}

/** The same for whoever draws it. */
export function useCardAtHand(): number | null {
  return useSyncExternalStore(watchCards, placeAtHand, () => null);
}

function watchFocus(changed: () => void): () => void {
  const parting = new AbortController();
  for (const event of ["focusin", "focusout"]) document.addEventListener(event, changed, { signal: parting.signal });
  return () => parting.abort();
}

function watchCards(changed: () => void): () => void {
  const parting = new AbortController();
  const { signal } = parting;
  document.addEventListener(
    "focusin",
    ({ target }) => {
      lastCard = (target instanceof Element && target.closest<HTMLElement>("[data-answer]")) || lastCard;
      changed();
    },
    { signal },
  );
  // Answers are swiped within their section, whose scrolling does not bubble.
  document.addEventListener("scroll", changed, { signal, capture: true, passive: true });
  return () => parting.abort();
}

/** Puts the focus on a card, if any, and brings its beginning into sight where it cannot be read yet. */
export function focusCard(place: number | null): void {
  const card = document.querySelector<HTMLElement>(`[data-answer="${place}"]`);
  if (!card) return;
  lastCard = card;
  card.focus({ preventScroll: true });
  const bars = [...document.querySelectorAll(".workbench-bar, .answer-switch")];
  const upper = Math.max(0, ...bars.map((bar) => bar.getBoundingClientRect().bottom));
  const lower = document.querySelector(".workbench-foot")?.getBoundingClientRect().top ?? window.innerHeight;
  const { top, bottom, left, right } = card.getBoundingClientRect();
  const beside = left < 0 || right > window.innerWidth;
  const readable = top >= upper && (bottom <= lower || top < (upper + lower) / 2);
  if (beside || !readable) card.scrollIntoView({ block: "start", inline: "start", behavior: "instant" });
}
