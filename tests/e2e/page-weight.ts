import type { Page } from "playwright-core";

/** One thing that a page fetched, with its size on the wire. */
export interface Fetched {
  readonly kind: string;
  readonly url: string;
  readonly bytes: number;
}

/**
 * Everything that a page fetches from now on, as the browser's own network log counts it (CDP `encodedDataLength`:
 * compressed, with headers). The cache is off, so that each visit is somebody's first.
 */
export async function watchWeight(page: Page): Promise<readonly Fetched[]> {
  const fetched: Fetched[] = [];
  const kinds = new Map<string, { kind: string; url: string }>();
  const session = await page.context().newCDPSession(page);
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, { kind: type, url: response.url });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const known = kinds.get(requestId);
    if (known) fetched.push({ ...known, bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return fetched;
}

/** Bytes of one kind, such as `Script` or `Font`. */
export function weightOf(fetched: readonly Fetched[], kind: string): number {
  return fetched.filter((one) => one.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0);
}
