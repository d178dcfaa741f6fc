import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { unmapped } from "./public-address.ts";

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** What the operator lets requests reach although it is not public. Without a port, each of its ports. */
interface Opening {
  readonly port: number | undefined;
  /** An address or a range; or a name, wherever it leads. */
  readonly to: Range | string;
}

/** All that is open of the operator's own network. */
export type OpenNetwork = readonly Opening[];

function portOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function openingOf(entry: string): Opening | undefined {
  if (entry.includes("/"))
    return ipaddr.isValidCIDR(entry) ? { to: ipaddr.parseCIDR(entry), port: undefined } : undefined;
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(entry);
  const plain = isIP(entry) === 6 ? [entry, entry, undefined] : /^([^:]+)(?::(\d{1,5}))?$/.exec(entry);
  const [, host = "", port] = bracketed ?? plain ?? [];
  if (Number(port) > 65_535 || (bracketed !== null && isIP(host) !== 6)) return undefined;
  if (isIP(host) !== 0) return { to: ipaddr.parseCIDR(`${host}/${isIP(host) === 4 ? 32 : 128}`), port: portOf(port) };
  // What looks like a number is an address that somebody mistyped, and no name.
  return /^[a-z0-9_.-]*[a-z_-][a-z0-9_.-]*$/.test(host) ? { to: host, port: portOf(port) } : undefined;
}

/**
 * `TOUCHSTONE_OUTGOING_ALLOW`: what may be asked although it lies in the operator's own network, comma-separated. An
 * address or a range (`10.1.0.0/16`, `fd00::/8`), or a name (`models.lan`); with a port (`models.lan:8000`,
 * `127.0.0.1:8000`, `[fd00::1]:8000`) that port alone. Without it, nothing but the public internet.
 */
export const OutgoingAllow = z
  .string()
  .optional()
  .transform((text, context): OpenNetwork => {
    const entries = (text ?? "").split(",").map((entry) => entry.trim().toLowerCase());
    const openings = entries.filter((entry) => entry !== "").map((entry) => ({ entry, opening: openingOf(entry) }));
    const wrong = openings.filter(({ opening }) => opening === undefined).map(({ entry }) => entry);
    if (wrong.length === 0) return openings.flatMap(({ opening }) => opening ?? []);
    context.addIssue(
      `“${wrong.join(", ")}” is nothing that could be allowed: name addresses (10.1.0.0/16) or hosts (models.lan:8000), without a scheme or a path`,
    );
    return z.NEVER;
  });

/** Whether the operator has opened this address, to which that name led. */
export function isOpened(network: OpenNetwork, host: string, address: string, port: number): boolean {
  const reached = unmapped(address);
  return network.some(({ to, port: only }) => {
    if (only !== undefined && only !== port) return false;
    if (typeof to === "string") return to === host;
    return reached !== undefined && reached.kind() === to[0].kind() && reached.match(to);
  });
}
