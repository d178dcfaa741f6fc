/** What the worker may keep. It is shared with the pages, so it knows neither of the worker's globals nor of theirs. */

const cachePrefix = "touchstone-desk ";

/** One cache a build: a page never gets the files of another build than its own. */
export const cacheOf = (build: string): string => `${cachePrefix}${build}`;
export const isOurCache = (name: string): boolean => name.startsWith(cachePrefix);

/**
 * Whether a path is that of a labelling desk, or of what its annotator has judged there, where unsent corrections are. They
 * are the only pages that are kept: others would show what is no longer so.
 */
export function isDeskPage(path: string): boolean {
  return /^\/work\/[\w-]+(?:\/recent)?$/.test(path);
}

/**
 * Whether a path is that of a file whose name changes with its content. Nothing of the API can match: what it answers
 * belongs to somebody, and is kept, if at all, by the page that knows for whom.
 */
export function isBuildFile(path: string): boolean {
  return /^\/_next\/static\/(?:chunks|media)\/[\w.~-]+\.(?:js|css|woff2)$/.test(path);
}

/** Every file that a page of ours names, whether in its tags or in the data it starts from. */
export function filesNamedIn(html: string): readonly string[] {
  const named = html.matchAll(/\bstatic\/(?:chunks|media)\/[\w.~-]+\.(?:js|css|woff2)\b/g);
  return [...new Set([...named].map(([path]) => `/_next/${path}`))];
}

/**
 * Whether an answer is what was asked for. Browsers refuse a page that came by way of a redirect when it is given out of
 * a cache, and an error that is kept would be shown again and again.
 */
export function isWhole(
  { status, redirected, headers }: Pick<Response, "status" | "redirected" | "headers">,
  type: "page" | "file",
): boolean {
  const contentType = headers.get("content-type") ?? "";
  return status === 200 && !redirected && contentType.startsWith("text/html") === (type === "page");
}

/** What a page asks the worker to keep: itself (or null), and files that it has loaded. */
export interface Keeping {
  readonly build: string;
  readonly page: string | null;
  readonly files: readonly string[];
}

/** Reads a message of a page, perhaps of another version than the worker. Undefined where it is none that we know. */
export function readKeeping(message: unknown): Keeping | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  if (!("build" in message && "page" in message && "files" in message)) return undefined;
  const { build, page, files } = message;
  if (typeof build !== "string" || !Array.isArray(files)) return undefined;
  return {
    build,
    page: typeof page === "string" && isDeskPage(page) ? page : null,
    files: files.filter((file): file is string => typeof file === "string" && isBuildFile(file)),
  };
}
