import type { Reach } from "@touchstone/contracts";

/** Why a link may not open where it is passed on to. */
export type LinkWarning = "thisMachine" | "thisNetwork";

export interface LinkAddress {
  readonly href: string;
  readonly warning: LinkWarning | null;
}

function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/**
 * The address to pass on. Whoever looks at this page on the server itself sees it under a name that means another
 * machine to everybody else, so the address in the network stands in its place, or a warning where there is none.
 */
export function linkAddress(path: string, pageOrigin: string, reach: Reach): LinkAddress {
  const at = (origin: string): string => new URL(path, origin).href;
  const said = reach.publicOrigin ?? pageOrigin;
  if (!isLoopback(said)) return { href: at(said), warning: null };
  const [network] = reach.networkOrigins;
  if (network) return { href: at(network), warning: "thisNetwork" };
  return { href: at(said), warning: "thisMachine" };
}
