/**
 * Gives the labelling desk back on a reload without a network. With a network it changes nothing: pages always come
 * from there, and only then from what was kept.
 *
 * Next compiles it (`register(new URL(…))` in `features/offline/keep-desk-page.ts`). It is written by hand, since the
 * libraries for this (Serwist, Workbox) keep a list of all files of a build, fetched at once: here that is two
 * megabytes and five hundred slices of fonts, of which a desk needs a tenth.
 */
import { cacheOf, filesNamedIn, isBuildFile, isDeskPage, isOurCache, isWhole, readKeeping } from "./cache-rules.ts";

declare const self: ServiceWorkerGlobalScope;

// A desk that was opened for the first time is looked after at once, not only from its next load on: its build may be gone
// from the server before that.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && isDeskPage(pathname)) event.respondWith(pageFromNetwork(request, pathname));
  else if (isBuildFile(pathname)) event.respondWith(fileFromCache(request, pathname));
});

self.addEventListener("message", (event) => {
  const keeping = readKeeping(event.data);
  if (!keeping) return;
  // Without a network what was kept before stays; the next visit asks again.
  event.waitUntil(keep(keeping.build, keeping.page, keeping.files).catch(() => undefined));
});

async function pageFromNetwork(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await newestKept(path);
    if (kept) return kept;
    throw error;
  }
}

async function fileFromCache(request: Request, path: string): Promise<Response> {
  return (await newestKept(path)) ?? fetch(request);
}

async function newestKept(path: string): Promise<Response | undefined> {
  for (const name of (await ourCaches()).reverse()) {
    const kept = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

/** In the order in which they were made. */
async function ourCaches(): Promise<string[]> {
  return (await caches.keys()).filter(isOurCache);
}

async function keep(build: string, page: string | null, files: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheOf(build));
  // What the page has loaded besides, such as fonts: it does without one that cannot be had.
  await Promise.allSettled(files.map((file) => keepFile(cache, file)));
  if (page === null) return;
  const response = await fetch(page, { cache: "no-store" });
  if (!isWhole(response, "page")) return;
  // The page last, and only with all its files: what is kept can always be shown.
  await Promise.all(filesNamedIn(await response.clone().text()).map((file) => keepFile(cache, file)));
  await cache.put(page, response);
  await forgetOtherBuilds(build, page);
  await keepWhatIsLoadedLater(cache);
}

/**
 * What the page's scripts fetch only when it is needed (the setting of formulas, the reading of what another build has
 * kept): it may be needed first when there is no network, or when the server has the files of the next build only.
 */
async function keepWhatIsLoadedLater(cache: Cache): Promise<void> {
  const known = new Set<string>();
  for (;;) {
    const scripts = (await cache.keys()).map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith(".js"));
    const unread = scripts.filter((path) => !known.has(path));
    if (unread.length === 0) return;
    for (const path of unread) {
      known.add(path);
      const script = (await (await cache.match(path, { ignoreVary: true }))?.text()) ?? "";
      await Promise.allSettled(filesNamedIn(script).map((file) => keepFile(cache, file)));
    }
  }
}

async function keepFile(cache: Cache, file: string): Promise<void> {
  if (await cache.match(file, { ignoreVary: true })) return;
  const response = await fetch(file);
  if (!isWhole(response, "file")) throw new Error(`${file} cannot be had.`);
  await cache.put(file, response);
}

/** Another window may be of a build before, and goes on with its files; the last one to be opened tidies up. */
async function forgetOtherBuilds(build: string, page: string): Promise<void> {
  const others = (await ourCaches()).filter((name) => name !== cacheOf(build));
  // The page itself is for reloads alone, and those have a newer one.
  for (const name of others) await (await caches.open(name)).delete(page, { ignoreVary: true });
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length > 1) return;
  for (const name of others) await caches.delete(name);
}
