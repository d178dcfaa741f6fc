import { Readable } from "node:stream";
import { refused } from "@touchstone/contracts";
import { Agent, type Dispatcher } from "undici";
import { addressOf, endOf } from "./address.ts";
import { acceptedEncodings, decoded } from "./body.ts";
import { judgedConnector, type Resolve, reachable, resolveAsMachine } from "./connector.ts";
import { faultOf } from "./faults.ts";
import type { OpenNetwork } from "./open-network.ts";

/** How long each part of a request may take, in milliseconds, and how much it may bring. */
export interface OutgoingLimits {
  /** From its beginning to the first bytes of the answer's head. */
  readonly answerMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** The whole, redirects and the reading of the body included. */
  readonly wholeMs: number;
  /** Of the body, unpacked. */
  readonly bytes: number;
  /** Redirects followed by GET and HEAD; with 0 the answer that redirects is the answer. */
  readonly redirects: number;
}

export interface OutgoingRequest {
  /** GET where none is said. */
  readonly method?: "GET" | "HEAD" | "POST";
  /** Sent as they are. When a redirect leaves the origin all go but those that say what is wanted of the file. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits?: Partial<OutgoingLimits>;
  /** For whoever wants to know how it was answered more than what: an unknown packing then fails the reading of the body alone. */
  readonly anyPacking?: boolean;
  readonly signal?: AbortSignal;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** By names in small letters; one that came several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from in the end. */
  readonly url: string;
  /**
   * Unpacked, and never more than the limit. Errors with a DomainError. Read it, or destroy it: only then is the
   * connection free.
   */
  readonly body: Readable;
}

export interface OutgoingSettings {
  /** What of the operator's own network may be reached: `OutgoingAllow` reads it from the environment. */
  readonly allow: OpenNetwork;
  /** Limits of requests that set none. */
  readonly limits?: Partial<OutgoingLimits>;
  /** How long until a connection stands, its look-up included; 10 s if not said. */
  readonly connectMs?: number;
  /** The addresses of a name; the machine's own resolver if not said. */
  readonly resolve?: Resolve;
}

/** The one way out: http and https, to public addresses and to what the operator has opened. No proxy is taken from the environment. */
export interface Outgoing {
  /**
   * @throws DomainError whose reason begins with `outgoing`, for an address that may not be reached, here or after a
   * redirect, and for whatever fails until the answer's head is there.
   */
  request(url: string, request?: OutgoingRequest): Promise<OutgoingAnswer>;
  /** Whether an address could be asked, without asking it. @throws DomainError as `request` does. */
  judge(url: string): Promise<void>;
  close(): Promise<void>;
}

const usualLimits: OutgoingLimits = {
  answerMs: 30_000,
  idleMs: 30_000,
  wholeMs: 10 * 60_000,
  bytes: 10 * 2 ** 20,
  redirects: 5,
};

/** Of the caller's headers only these follow to another origin: the others may be secrets. */
const followingHeaders = new Set(["accept", "accept-encoding", "accept-language", "range", "user-agent"]);

const redirecting = new Set([301, 302, 303, 307, 308]);

/** Small letters, so that none stands twice. */
function headersOf(request: OutgoingRequest): Record<string, string> {
  const said = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return { "user-agent": "Touchstone", "accept-encoding": acceptedEncodings, ...Object.fromEntries(said) };
}

function joined(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
  );
  return Object.fromEntries(entries);
}

export function openOutgoing(settings: OutgoingSettings): Outgoing {
  const network = { allow: settings.allow, resolve: settings.resolve ?? resolveAsMachine };
  const agent = new Agent({ connect: judgedConnector(network, settings.connectMs ?? 10_000) });

  return {
    async request(text, request = {}) {
      const limits = { ...usualLimits, ...settings.limits, ...request.limits };
      const whole = new AbortController();
      let host = "";
      const timer = setTimeout(() => whole.abort(refused("outgoingTooLong", { host })), limits.wholeMs);
      const leave = () => whole.abort(request.signal?.reason);
      request.signal?.addEventListener("abort", leave, { once: true });
      const done = () => {
        clearTimeout(timer);
        request.signal?.removeEventListener("abort", leave);
      };
      try {
        request.signal?.throwIfAborted();
        let url = addressOf(text);
        let headers = headersOf(request);
        for (let redirects = 0; ; redirects++) {
          host = url.hostname;
          const answer = await agent.request({
            origin: url.origin,
            path: `${url.pathname}${url.search}`,
            method: request.method ?? "GET",
            headers,
            body: request.body ?? null,
            headersTimeout: limits.answerMs,
            bodyTimeout: limits.idleMs,
            signal: whole.signal,
          });
          // What was let go of may still tell of its end.
          answer.body.on("error", () => {});
          if (!redirecting.has(answer.statusCode) || request.method === "POST" || limits.redirects === 0) {
            const { method, anyPacking = false } = request;
            return answerOf(answer, { url, head: method === "HEAD", most: limits.bytes, anyPacking, done });
          }
          answer.body.destroy();
          if (redirects === limits.redirects) throw refused("outgoingRedirects", { host, limit: limits.redirects });
          const to = redirected(joined(answer.headers).location, url);
          if (to.origin !== url.origin) {
            headers = Object.fromEntries(Object.entries(headers).filter(([name]) => followingHeaders.has(name)));
          }
          url = to;
        }
      } catch (error) {
        done();
        throw faultOf(error, host);
      }
    },
    async judge(text) {
      const { host, port } = endOf(addressOf(text));
      await reachable(network, host, port);
    },
    close: () => agent.destroy(),
  };
}

function redirected(location: string | undefined, from: URL): URL {
  if (location === undefined) throw refused("outgoingRedirectNowhere", { host: from.hostname });
  return addressOf(location, from);
}

interface AnswerOptions {
  readonly url: URL;
  readonly head: boolean;
  readonly most: number;
  readonly anyPacking: boolean;
  readonly done: () => void;
}

/** @throws DomainError for a body that says of itself that it is too large, or is packed in an unknown way. */
function answerOf(answer: Dispatcher.ResponseData, options: AnswerOptions): OutgoingAnswer {
  const { url, head, most, done } = options;
  const headers = joined(answer.headers);
  try {
    if (!head && Number(headers["content-length"] ?? 0) > most)
      throw refused("outgoingTooLarge", { host: url.hostname, limit: most });
    const body = head ? Readable.from([]) : unpacked(answer.body, headers["content-encoding"] ?? "", options);
    if (head) answer.body.destroy();
    body.once("close", done);
    return { status: answer.statusCode, headers, url: url.href, body };
  } catch (error) {
    answer.body.destroy();
    throw error;
  }
}

function unpacked(raw: Readable, encoding: string, { url, most, anyPacking }: AnswerOptions): Readable {
  try {
    return decoded(raw, encoding, { host: url.hostname, most });
  } catch (error) {
    if (!anyPacking || !(error instanceof Error)) throw error;
    raw.destroy();
    return new Readable({
      read() {
        this.destroy(error);
      },
    });
  }
}
