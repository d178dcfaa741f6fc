import { useEffect, useEffectEvent, useId, useRef } from "react";

/** Key in the state of the history entry that an open sheet adds. */
const sheetKey = "touchstoneSheet";

/**
 * While a sheet is open, the browser's Back closes it and stays on the page: on a phone that is how sheets are closed.
 * Closed in another way, it takes its entry out of the history again, so that the next Back is not lost. Only for
 * sheets from which nobody navigates: leaving the page and going back at once would race.
 */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const id = useId();
  const close = useEffectEvent(onClose);

  const isOpen = useRef(false);
  /** Its entry is on the way out of the history, which takes a moment. */
  const isLeaving = useRef(false);

  // External system: the browser's history.
  useEffect(() => {
    if (!open) return;
    isOpen.current = true;
    const isOurs = (): boolean => history.state?.[sheetKey] === id;
    const enter = (): void => {
      // A reload with the sheet open, or Forward, may stand on such an entry already.
      if (!isOurs()) history.pushState({ ...history.state, [sheetKey]: id }, "");
    };
    enter();
    const left = (): void => {
      if (!isOurs()) close();
    };
    window.addEventListener("popstate", left);
    return () => {
      isOpen.current = false;
      window.removeEventListener("popstate", left);
      if (!isOurs() || isLeaving.current) return;
      isLeaving.current = true;
      // Opened again meanwhile, it had found the old entry, and takes a new one before it hears that the old one is gone.
      const gone = (): void => {
        isLeaving.current = false;
        if (isOpen.current) enter();
      };
      window.addEventListener("popstate", gone, { once: true });
      history.back();
    };
  }, [open, id]);
}
