import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { Environment } from "../../environment.ts";
import { whileRead } from "../exports/while-read.ts";
import { type Sent, sent } from "../implement.ts";

/**
 * Answers with server-sent events, each as it comes, and `[DONE]` behind the last.
 *
 * @param errorOf what is said in the place of `[DONE]` where it breaks off
 * @throws whatever comes before the first event: what is refused is refused before a status says that all is well
 */
export async function sendEvents(
  reply: FastifyReply,
  { exportIdleMs }: Pick<Environment, "exportIdleMs">,
  all: AsyncGenerator<unknown>,
  errorOf: (error: Error) => unknown,
): Promise<Sent> {
  const begun = await afterFirst(all);
  reply.header("cache-control", "no-store").header("x-accel-buffering", "no");
  reply.type("text/event-stream; charset=utf-8");
  void reply.send(Readable.from(whileRead(eventsOf(begun, errorOf), reply, exportIdleMs), { objectMode: false }));
  return sent;
}

/** The same, once the first of it is there. */
async function afterFirst<T>(all: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await all.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* all;
  })();
}

/** One that breaks off ends with an error in the place of `[DONE]`, so that nobody takes it for whole. */
async function* eventsOf(all: AsyncIterable<unknown>, errorOf: (error: Error) => unknown): AsyncGenerator<Uint8Array> {
  const event = (data: string) => Buffer.from(`data: ${data}\n\n`);
  try {
    for await (const one of all) yield event(JSON.stringify(one));
  } catch (error) {
    yield event(JSON.stringify(errorOf(error instanceof Error ? error : new Error(String(error)))));
    return;
  }
  yield event("[DONE]");
}
