import { useEffect, useEffectEvent, useId } from "react";

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

  // External system: the browser's history.
  useEffect(() => {
    if (!open) return;
    const isOurs = (): boolean => history.state?.[sheetKey] === id;
    // A reload with the sheet open, or Forward, may stand on such an entry already.
    if (!isOurs()) history.pushState({ ...history.state, [sheetKey]: id }, "");
    const left = (): void => {
      if (!isOurs()) close();
    };
    window.addEventListener("popstate", left);
    return () => {
      window.removeEventListener("popstate", left);
      if (isOurs()) history.back();
    };
  }, [open, id]);
}
