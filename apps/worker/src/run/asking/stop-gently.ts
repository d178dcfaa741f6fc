/** How long what is under way gets to end when a worker is told to stop, in ms; whoever stops a worker waits longer. */
const graceMs = 8_000;

/**
 * A signal that aborts some time after `stop`: answers that are under way are paid for, so they get time to arrive.
 * At once where `lost` aborts.
 */
export function afterGrace(stop: AbortSignal, lost: AbortSignal): { signal: AbortSignal; done(): void } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(
      () => late.abort(new Error("The worker stops, and an answer took too long to wait for.")),
      graceMs,
    );
  };
  stop.addEventListener("abort", begin, { once: true });
  if (stop.aborted) begin();
  return {
    signal: AbortSignal.any([late.signal, lost]),
    done() {
      clearTimeout(timer);
      stop.removeEventListener("abort", begin);
    },
  };
}
