import type { Route } from "./route.ts";

/** How a route is called: what a page needs of it, which leaves the schemas to the API and their types to the compiler. */
export interface RouteCall {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: Route["path"];
  /** Changes something and yet needs no session, and so carries no CSRF token. */
  readonly open: boolean;
  /** A download, handed over as it comes; any other answer is JSON, or has no body (204). */
  readonly streams: boolean;
}

/** Below this all lie but those that speak the language of others. */
export const ofOurs = "/api";
export const ofOthers = "/v1/";

/** As a line of text: the path, below /api where it does not say /v1, then what is not as for most routes. Every page carries all of them. */
export type CallLine = `/${string}${"" | ` ${Exclude<RouteCall["method"], "GET">}`}${"" | " stream"}${"" | " open"}`;

export function callLine({ method, path, open, streams }: RouteCall): string {
  const short = path.startsWith(ofOthers) ? path : path.slice(ofOurs.length);
  return [short, ...(method === "GET" ? [] : [method]), ...(streams ? ["stream"] : []), ...(open ? ["open"] : [])].join(
    " ",
  );
}

/** Every answer of the API says in this header which version of the contract it was written by. */
export const contractVersionHeader = "x-contract-version";
