/** What a call may be given besides its request. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Lets the request outlive the page: for what is sent as the page is left. At most 64 KB of body. */
  readonly keepalive?: boolean;
  /**
   * Sent only while this member is signed in, and refused here as a wrong CSRF token would be otherwise: for what was
   * done earlier, perhaps in another workspace of the same login.
   */
  readonly as?: string;
  /** Sent beside those of the client's own, such as `range` and `if-range` of a download that goes on. */
  readonly headers?: Readonly<Record<string, string>>;
}
