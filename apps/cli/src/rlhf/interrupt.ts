/** Aborts at the first Ctrl-C or SIGTERM, so that a checkpoint is written; the second one ends the process at once. */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.stderr.write("\nStopping after this step …\n");
      controller.abort();
    });
  }
  return controller.signal;
}
