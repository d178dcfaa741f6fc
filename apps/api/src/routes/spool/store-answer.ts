import { setTimeout as sleep } from "node:timers/promises";
import { DomainError, refused } from "@touchstone/contracts";
import type { OutgoingAnswer } from "@touchstone/outgoing";
import { assertRoom, type SpooledFile, type SpoolLimits, type SpoolStores, SpoolTurn } from "@touchstone/persistence";
import { appendBody } from "./append.ts";
import { LineWatches } from "./line-watches.ts";

/** Asks an address for a file, or for the rest of it by these headers. */
export type Ask = (headers: Record<string, string>, signal: AbortSignal) => Promise<OutgoingAnswer>;

/** A file that comes from an address, and how it is asked for once more. */
interface Answered {
  readonly file: SpooledFile;
  readonly answer: OutgoingAnswer;
  readonly limits: SpoolLimits;
  readonly ask: Ask;
}

/** How long is waited before the rest is asked for again; after these it is told of. */
const againMs = [500, 2_000, 5_000, 15_000];

/** By which a line says that it broke: the rest may come by another. */
const broken = new Set<string>([
  "outgoingBrokeOff",
  "outgoingStalled",
  "outgoingUnreachable",
  "outgoingSlowConnection",
  "outgoingSlowAnswer",
]);

/**
 * Stores what an address sends, and goes on where its line breaks.
 * @throws DomainError for what can't be mended
 */
export async function storeAnswer(stores: SpoolStores, answered: Answered, signal: AbortSignal): Promise<void> {
  const { file, answer, limits, ask } = answered;
  const { pool } = stores;
  const turn = await SpoolTurn.take(stores, file, 0, limits);
  if (!turn) throw refused("spooledStopped");
  const { bytes } = file.view;
  const watches = new LineWatches();
  let body = answer.body;
  let tries = 0;
  for (;;) {
    const from = turn.kept;
    const leave = () => body.destroy(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      signal.throwIfAborted();
      const arriving = body;
      await watches.within(file.id, from, (show) =>
        appendBody(turn, arriving, {
          room: (bytes ?? limits.largest) - from,
          limit: bytes ?? limits.largest,
          checksum: null,
          beforePiece: async (piece) => {
            show?.(piece);
            // One that doesn't say how large it is was promised no room.
            if (bytes === null) await assertRoom(pool, file.workspaceId, piece.length, limits);
          },
        }),
      );
      return;
    } catch (error) {
      body.destroy();
      if (turn.kept > from) tries = 0;
      ({ body, tries } = await theRest({ answer, ask }, turn.kept, { error, tries, signal }));
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }
}

interface Break {
  readonly error: unknown;
  /** How often the rest was asked for since something has come. */
  readonly tries: number;
  readonly signal: AbortSignal;
}

/**
 * Asks for what is missing after a line broke, if the sender can give it and has said by which tag it is the same file.
 *
 * @throws what broke it, where that can't be mended; DomainError where it is another file by now.
 */
async function theRest(
  { answer, ask }: Pick<Answered, "answer" | "ask">,
  from: number,
  { error, tries, signal }: Break,
): Promise<{ body: OutgoingAnswer["body"]; tries: number }> {
  const { etag } = answer.headers;
  const isWhole = answer.headers["content-encoding"] === undefined;
  const isStrong = etag !== undefined && !etag.startsWith("W/");
  if (signal.aborted || !isBroken(error) || !isStrong || !isWhole) throw error;
  for (let tried = tries; ; tried++) {
    const wait = againMs[tried];
    if (wait === undefined) throw error;
    await sleep(wait, undefined, { signal });
    const rest: OutgoingAnswer | null = await ask({ range: `bytes=${from}-`, "if-range": etag }, signal).catch(
      (thrown: unknown) => {
        if (isBroken(thrown)) return null;
        throw thrown;
      },
    );
    if (rest === null) continue;
    const [, start] = /^bytes (\d+)-/.exec(rest.headers["content-range"] ?? "") ?? [];
    // Not every redirect passes the condition on, so the tag is looked at here too.
    if (rest.status === 206 && rest.headers.etag === etag && Number(start) === from)
      return { body: rest.body, tries: tried + 1 };
    rest.body.destroy();
    if (rest.status >= 500) continue;
    throw refused("downloadChanged", { host: new URL(rest.url).hostname });
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof DomainError && error.reason !== undefined && broken.has(error.reason);
}
