import ipaddr from "ipaddr.js";

/** IPv6 addresses that the internet routes (IANA's global unicast); what lies outside is local, a translation, or nothing. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/** An address as it is reached: IPv4 that is written as IPv6 is IPv4. Nothing where the text is no address. */
export function unmapped(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
}

/**
 * Whether an address is one of the public internet. Not: private, shared (CGNAT), loopback, link-local, multicast,
 * unspecified and reserved ones, unique local ones, and those that stand for others (6to4, Teredo, NAT64), behind which
 * any of these could be.
 */
export function isPublic(address: string): boolean {
  const reached = unmapped(address);
  if (reached?.range() !== "unicast") return false;
  return reached.kind() === "ipv4" || reached.match(globalUnicast);
}
