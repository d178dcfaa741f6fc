import { setTimeout as sleep } from "node:timers/promises";
import type { Advance } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";

/** How late what another process left behind goes on. */
const everyMs = 2_000;
/** Between two steps: whoever waits for a connection or a row comes first. */
const breathMs = 5;

interface InSteps {
  /** As the log calls one of them. */
  readonly noun: "deletion" | "erasure";
  /** Those that are not done, oldest first. */
  listUnderWay(): Promise<string[]>;
  advance(id: string): Promise<Advance>;
  /** Before each look. */
  before?(): Promise<void>;
}

/**
 * Makes what goes in steps while the server runs. A process that is killed leaves the rest to the next that starts; any number
 * of them may do so side by side, and take turns.
 *
 * @returns what says that there is something to do: whoever has just asked for it need not wait for the next look.
 */
export function inSteps(app: FastifyInstance, { noun, listUnderWay, advance, before }: InSteps): () => void {
  const stop = new AbortController();
  let nudge = new AbortController();
  let loop: Promise<void> | undefined;
  app.addHook("onReady", async () => {
    loop = goOnUntil(stop.signal);
  });
  app.addHook("onClose", async () => {
    stop.abort();
    await loop;
  });
  const failed = (err: unknown, id?: string) => app.log.warn({ err, [noun]: id }, `${noun}: could not go on`);

  async function goOnUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      nudge = new AbortController();
      await before?.().catch(failed);
      await goOn(signal).catch(failed);
      // Rejects when stopped or nudged; both end the wait.
      const woken = AbortSignal.any([signal, nudge.signal]);
      await sleep(everyMs, undefined, { signal: woken, ref: false }).catch(() => undefined);
    }
  }

  /** Each as far as it goes without waiting: what others are at is looked at again later, and one that fails keeps no other. */
  async function goOn(signal: AbortSignal): Promise<void> {
    for (const id of await listUnderWay()) {
      try {
        while (!signal.aborted && (await advance(id)) === "more") await sleep(breathMs, undefined, { ref: false });
      } catch (error) {
        failed(error, id);
      }
    }
  }

  return () => nudge.abort();
}
