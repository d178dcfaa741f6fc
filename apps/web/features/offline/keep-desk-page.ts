import { isBuildFile, isOurCache } from "../../worker/cache-rules.ts";

/**
 * Asks the worker to keep the desk's page and whatever it loads, for a reload without a network. Where there are no
 * service workers (plain HTTP in a lab's own network, some private windows) nothing happens, and nothing is said: the
 * desk is the same. @returns the way to stop.
 */
export function keepDeskPage(page: string): () => void {
  const build = process.env.PAGES_BUILD;
  let observer: PerformanceObserver | undefined;
  let stopped = false;

  const start = async (): Promise<void> => {
    const registration = await navigator.serviceWorker.register(
      new URL("../../worker/desk-worker.ts", import.meta.url),
      { scope: "/work/", updateViaCache: "none" },
    );
    if (stopped) return;
    const tell = (what: { readonly page: string | null; readonly files: readonly string[] }): void => {
      const { active, waiting, installing } = registration;
      (active ?? waiting ?? installing)?.postMessage({ build, ...what });
    };
    tell({ page, files: [] });
    // What comes later, such as the setting of formulas and slices of fonts; the browser hands over what came before.
    observer = new PerformanceObserver((list) => {
      const files = list.getEntries().flatMap(({ name }) => buildFile(name) ?? []);
      if (files.length > 0) tell({ page: null, files });
    });
    observer.observe({ type: "resource", buffered: true });
  };

  // While developing, files change under their names.
  if (process.env.NODE_ENV === "production" && "serviceWorker" in navigator) start().catch(() => undefined);
  return () => {
    stopped = true;
    observer?.disconnect();
  };
}

function buildFile(address: string): string | undefined {
  const { origin, pathname } = new URL(address);
  return origin === window.location.origin && isBuildFile(pathname) ? pathname : undefined;
}

/** Forgets every page that was kept. */
export async function forgetKeptPages(): Promise<void> {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter(isOurCache);
  await Promise.all(names.map((name) => caches.delete(name)));
}
