import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import type { Reach } from "@touchstone/contracts";
import type { Environment } from "../../environment.ts";

const everyAddress = new Set(["0.0.0.0", "::", ""]);

/** Whether a host name or address is one that only the machine itself can reach. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** From where this service can be opened, as far as it knows itself: what stands before it, it cannot see. */
export function reachOf(
  { host, port, publicOrigin }: Pick<Environment, "host" | "port" | "publicOrigin">,
  interfaces = networkInterfaces(),
): Reach {
  const own = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  const inNetworks = own.filter(({ internal, address }) => !internal && isIPv4(address)).map(({ address }) => address);
  const answering = everyAddress.has(host) ? inNetworks : inNetworks.filter((address) => address === host);
  return {
    publicOrigin: publicOrigin ?? null,
    loopbackOnly: isLoopback(host),
    networkOrigins: answering.map((address) => `http://${address}:${port}`),
  };
}
