import { refused } from "@touchstone/contracts";

/**
 * An address that can be asked, without its fragment. Hosts in decimal, octal or hexadecimal come out in dots, as a
 * browser reads them.
 *
 * @param base what a relative address, as redirects give it, begins at.
 * @throws DomainError for what is no address, has another scheme than http and https, or carries a name and password.
 */
export function addressOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw refused("outgoingNoAddress");
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refused("outgoingScheme", { scheme: url.protocol.slice(0, -1) });
  }
  if (url.username !== "" || url.password !== "") throw refused("outgoingCredentials", { host: url.hostname });
  url.hash = "";
  return url;
}

/** Its host as a name or an address, and its port. */
export function endOf(url: Pick<URL, "hostname" | "port" | "protocol">): { host: string; port: number } {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { host, port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
}
