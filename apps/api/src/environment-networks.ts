import { isIP } from "node:net";
import { z } from "zod";

const namedNetworks = new Set(["loopback", "linklocal", "uniquelocal"]);

const list = (text: string): string[] => text.split(",").map((part) => part.trim());

/**
 * How many proxies stand in front (`1`), or where (`loopback`, `10.0.0.0/8`, comma-separated). Nobody is believed by
 * default: who may write X-Forwarded-For says who they are.
 */
export const TrustProxy = z
  .string()
  .optional()
  .transform((text, context): number | string | false => {
    if (text === undefined || text === "0") return false;
    if (/^\d+$/.test(text) && Number(text) <= 10) return Number(text);
    const wrong = list(text).filter((part) => !isNetwork(part));
    if (wrong.length === 0) return list(text).join(",");
    context.addIssue(
      `“${wrong.join(", ")}” is no proxy: say how many stand in front (1), or their addresses (loopback, 10.0.0.0/8)`,
    );
    return z.NEVER;
  });

function isNetwork(text: string): boolean {
  if (namedNetworks.has(text)) return true;
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Names, comma-separated; without a scheme, a port or a path. */
export const Hosts = z
  .string()
  .optional()
  .transform((text, context): string[] => {
    const names = text === undefined ? [] : list(text).map((name) => name.toLowerCase());
    const wrong = names.filter((name) => !/^[a-z0-9_.-]+$/.test(name));
    if (wrong.length === 0) return names;
    context.addIssue(
      `“${wrong.join(", ")}” is no host name: say it without scheme, port and path (touchstone.example.org)`,
    );
    return z.NEVER;
  });
