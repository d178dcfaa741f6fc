import { type DownloadDraft, refused } from "@touchstone/contracts";
import type { Outgoing, OutgoingAnswer } from "@touchstone/outgoing";
import type { SpooledDraft } from "@touchstone/persistence";
import { fileNameOf } from "./file-name.ts";
import type { Ask } from "./store-answer.ts";

/** Eight gigabytes over a slow line. */
const longestMs = 12 * 3_600_000;

/**
 * How a file is asked for at an address. The token lives as long as this does and goes to the address's own origin alone; the
 * file is wanted as it is, for its parts are counted in bytes.
 *
 * @throws DomainError for whatever is no file: the reasons of `Outgoing`, or downloadRefused.
 */
export function askFor(outgoing: Outgoing, { url, token }: DownloadDraft, largest: number): Ask {
  const own = { "accept-encoding": "identity", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  return async (headers, signal) => {
    const limits = { bytes: largest, wholeMs: longestMs };
    const answer = await outgoing.request(url, { headers: { ...own, ...headers }, signal, limits });
    // An error of the server may pass, where the rest of a file is asked for.
    return answer.status === 200 || answer.status === 206 || answer.status >= 500 ? answer : refuse(answer);
  };
}

/** Whoever asks may leave as long as no head is there; the file itself then comes whether they stay or not. */
export async function untilAnswered<T>(caller: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const asking = new AbortController();
  const leave = () => asking.abort(caller.reason);
  caller.addEventListener("abort", leave, { once: true });
  try {
    return await ask(asking.signal);
  } finally {
    caller.removeEventListener("abort", leave);
  }
}

function refuse(answer: OutgoingAnswer): never {
  answer.body.destroy();
  throw refused("downloadRefused", { host: new URL(answer.url).hostname, status: answer.status });
}

/** A file as its sender describes it. @throws DomainError downloadRefused for an answer that is none. */
export function draftOf(answer: OutgoingAnswer, url: string): SpooledDraft {
  if (answer.status !== 200) return refuse(answer);
  const { "content-length": length, "content-encoding": encoding, "content-disposition": disposition } = answer.headers;
  const { origin, pathname } = new URL(url);
  return {
    origin: "address",
    name: fileNameOf(disposition, url),
    // Without its query, by which some addresses are opened.
    place: `${origin}${pathname}`,
    // Of what is packed on the way that says nothing.
    bytes: length !== undefined && encoding === undefined ? Number(length) : null,
  };
}
