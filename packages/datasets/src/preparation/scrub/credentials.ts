import type { Scrubber } from "./placeholders.ts";

/** scheme://user:password@host */
const userInfo =
  /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/?#@<>"'\u3000-\u9fff]{1,256}:[^\s/?#@<>"'\u3000-\u9fff]{0,256})@/giu;
/** Parameters of an address that open a door by themselves. */
const secrets =
  /([?&;](?:access_token|auth_token|refresh_token|id_token|token|api_?key|apikey|client_secret|secret|password|passwd|pwd|signature|sig)=)([^\s&#<>"'\u3000-\u9fff]+)/giu;

/** User names and passwords inside addresses; the rest of the address stays. */
export const scrubCredentials: Scrubber = (text, put) =>
  text.includes("://")
    ? text
        .replace(userInfo, (_, scheme: string, found: string) => `${scheme}${put(found)}@`)
        .replace(secrets, (_, name: string, found: string) => `${name}${put(found)}`)
    : text;
