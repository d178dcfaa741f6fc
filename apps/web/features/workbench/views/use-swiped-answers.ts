import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { takesText } from "../../../components/keyboard/key-press.ts";

/** The width below which the style sheet lays answers out for a phone. */
const phone = "(max-width: 47.99rem)";

interface SwipedAnswers {
  readonly pair: RefObject<HTMLElement | null>;
  /** Both do not fit below each other, so that one is swiped to the other. */
  readonly swiped: boolean;
  readonly current: number;
  readonly seen: ReadonlySet<number>;
  readonly show: (index: number) => void;
}

/** How a phone holds the answers of one task, and which of them has been looked at. */
export function useSwipedAnswers(): SwipedAnswers {
  const pair = useRef<HTMLElement>(null);
  const [swiped, setSwiped] = useState(false);
  const [current, setCurrent] = useState(0);
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());

  // External system: the room on the screen. Answers are as wide swiped as stacked, and as high but for their heads,
  // which the switch has then: as they were stacked, they count on, or the two forms would take turns for ever.
  useLayoutEffect(() => {
    let heads = 0;
    const grown = (): void => {
      // So does one in which marks are made, of which a list stands below it.
      if (!pair.current?.querySelector("[data-grows]")) decide();
    };
    const decide = (): void => {
      // An answer that is being corrected grows under the fingers, and stays where it is.
      if (takesText(document.activeElement) && pair.current?.contains(document.activeElement)) return;
      const stacked = !pair.current?.dataset.swiped;
      if (stacked) heads = heightOfAll(pair.current, "> h2");
      const wanted = heightOfAll(pair.current, "") + (stacked ? 0 : heads + roundings);
      setSwiped(window.matchMedia(phone).matches && wanted > roomBetween());
    };
    const resized = new ResizeObserver(grown);
    for (const answer of answersIn(pair.current)) resized.observe(answer);
    window.addEventListener("resize", decide);
    decide();
    return () => {
      resized.disconnect();
      window.removeEventListener("resize", decide);
    };
  }, []);

  // External system: what the finger has brought onto the screen.
  useEffect(() => {
    if (!swiped) return;
    const answers = answersIn(pair.current);
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, intersectionRect } of entries) {
          if (!isIntersecting || intersectionRect.width < target.clientWidth / 2) continue;
          const index = answers.indexOf(target);
          setCurrent(index);
          setSeen((before) => new Set([...before, index]));
        }
      },
      { threshold: steps, rootMargin: `0px 0px ${-heightOf(".workbench-foot")}px 0px` },
    );
    for (const answer of answers) observer.observe(answer);
    const section = pair.current;
    const settled = turnsPages(section);
    section?.addEventListener("scrollend", settled);
    return () => {
      observer.disconnect();
      section?.removeEventListener("scrollend", settled);
    };
  }, [swiped]);

  const show = (index: number): void => {
    const answer = answersIn(pair.current)[index];
    if (answer instanceof HTMLElement) pair.current?.scrollTo({ left: answer.offsetLeft, behavior: "instant" });
  };
  return { pair, swiped, current, seen, show };
}

/**
 * Where somebody has stopped reading each answer: the end of a long one must not lie beside the blank below a short one.
 * @returns what is called once one has been swiped to.
 */
function turnsPages(pair: HTMLElement | null): () => void {
  const left: number[] = [];
  let place = 0;
  return () => {
    if (!pair) return;
    const next = Math.round(pair.scrollLeft / pair.clientWidth);
    const begins = pair.getBoundingClientRect().top - heightOf(".workbench-bar") - heightOf(".answer-switch");
    left[place] = window.scrollY;
    // As long as the prompt is in sight, all answers begin where they stand.
    if (next !== place && begins < 0)
      window.scrollTo({ top: left[next] ?? window.scrollY + begins, behavior: "instant" });
    place = next;
  };
}

/** Fine enough to hear of half a width of an answer that is many windows high. */
const steps = Array.from({ length: 101 }, (_, step) => step / 100);

function answersIn(pair: HTMLElement | null): Element[] {
  return [...(pair?.querySelectorAll(":scope > article") ?? [])];
}

/** Margins and borders that answers have only where they are stacked, in px. */
const roundings = 64;

/** What all answers, or their heads, take together. */
function heightOfAll(pair: HTMLElement | null, part: string): number {
  const parts = pair?.querySelectorAll(`:scope > article ${part}`) ?? [];
  return [...parts].reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
}

/** The room of the window between the bar and the scale. */
const roomBetween = (): number => window.innerHeight - heightOf(".workbench-bar") - heightOf(".workbench-foot");

function heightOf(selector: string): number {
  return document.querySelector(selector)?.getBoundingClientRect().height ?? 0;
}
