/** Whether an If-None-Match names this ETag (RFC 9110, 13.1.2): compared weakly, one of several, or any. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  return header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}
