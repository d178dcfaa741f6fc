import { lookup as lookUp } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { refused } from "@touchstone/contracts";
import { buildConnector } from "undici";
import { endOf } from "./address.ts";
import { isOpened, type OpenNetwork } from "./open-network.ts";
import { isPublic } from "./public-address.ts";

/** The addresses of a name, as the machine finds them: by its hosts file and its resolver. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export const resolveAsMachine: Resolve = (host) => lookUp(host, { all: true });

/**
 * Those addresses of a host that may be reached at this port. Others of the same name are left alone.
 *
 * @throws DomainError when there are none, without saying what the name leads to: who asks would learn the own network.
 */
export async function reachable(
  { allow, resolve }: { allow: OpenNetwork; resolve: Resolve },
  host: string,
  port: number,
): Promise<{ address: string; family: number }[]> {
  const literal = isIP(host);
  const found = literal === 0 ? await resolve(host).catch(() => []) : [{ address: host, family: literal }];
  if (found.length === 0) throw refused("outgoingUnknownHost", { host });
  const may = found.filter(({ address }) => isPublic(address) || isOpened(allow, host, address, port));
  if (may.length === 0) throw refused("outgoingPrivate", { host });
  return may;
}

/**
 * Connects to the addresses that were judged and to no others: the name is resolved once for a connection, in its
 * own look-up, so that a name server which answers differently a moment later is not asked again.
 */
export function judgedConnector(
  network: { allow: OpenNetwork; resolve: Resolve },
  timeout: number,
): buildConnector.connector {
  return (options, callback) => {
    const { host, port } = endOf(options);
    const lookup: LookupFunction = (_name, { all }, found) => {
      reachable(network, host, port).then(
        (addresses) => {
          const [first] = addresses;
          if (all) found(null, addresses);
          else found(null, first?.address ?? "", first?.family);
        },
        (error: Error) => found(error, []),
      );
    };
    const connect = () => buildConnector({ timeout, lookup })(options, callback);
    // An address in numbers is looked up nowhere, so it is judged here.
    if (isIP(host) === 0) connect();
    else reachable(network, host, port).then(connect, (error: Error) => callback(error, null));
  };
}
