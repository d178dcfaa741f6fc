import { useCallback, useRef } from "react";

/**
 * Sends, unless what was sent before is still on its way. The button knows that only once the page has been drawn again; the
 * second click of a double click comes earlier, and would launch, import or make everything twice.
 */
export function sendOnce(busy: { current: boolean }, send: () => Promise<unknown>): void {
  if (busy.current) return;
  busy.current = true;
  const free = (): void => {
    busy.current = false;
  };
  // What went wrong is the mutation's to say.
  send().then(free, free);
}

/** Sends one thing at a time, for as long as the component stands. */
export function useSendOnce(): (send: () => Promise<unknown>) => void {
  const busy = useRef(false);
  return useCallback((send: () => Promise<unknown>) => sendOnce(busy, send), []);
}
