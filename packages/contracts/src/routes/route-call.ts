/** How a route is called: what a page needs of it, which leaves the schemas to the API and their types to the compiler. */
export interface RouteCall {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: `/api/${string}`;
  /** Needs no session, and so carries no CSRF token. */
  readonly open?: true;
  /** Absent where the answer has no body. `stream`: a download, handed over as it comes. */
  readonly answers?: "json" | "stream";
  /** Content type of a streamed download. */
  readonly produces?: string;
}

/** Every answer of the API says in this header which version of the contract it was written by. */
export const contractVersionHeader = "x-contract-version";
