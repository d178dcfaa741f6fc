import { type RefObject, useEffect, useRef } from "react";

/** So near to the end, in pixels, somebody counts as reading there. */
const nearPx = 80;

/**
 * The page follows what grows in an element for as long as its reader is at the end; whoever has scrolled up stays where they
 * read, and is followed again once they have come back down.
 */
export function useFollowEnd(element: RefObject<HTMLElement | null>): () => void {
  const follows = useRef(true);
  const toEnd = useRef(() => {
    follows.current = true;
    window.scrollTo({ top: document.documentElement.scrollHeight });
  });

  // External system: where the reader has scrolled to, and how high the element is by now.
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    let before = window.scrollY;
    const look = (): void => {
      const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
      // What grows moves the end away from a reader who stands still; only the reader goes up.
      if (window.scrollY < before) follows.current = false;
      if (left < nearPx) follows.current = true;
      before = window.scrollY;
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) window.scrollTo({ top: document.documentElement.scrollHeight });
    });
    window.addEventListener("scroll", look, { passive: true });
    grown.observe(watched);
    return () => {
      window.removeEventListener("scroll", look);
      grown.disconnect();
    };
  }, [element]);

  return toEnd.current;
}
