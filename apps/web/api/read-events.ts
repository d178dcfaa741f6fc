import { ConnectionError } from "@touchstone/api-client";
import { EventSourceParserStream } from "eventsource-parser/stream";

/** What stands behind the last event of an answer that is whole. */
const end = "[DONE]";
/** Characters of one event: a piece of an answer has a few. What is longer was written by something else. */
const longestEvent = 1_000_000;

/**
 * What a server says bit by bit as server-sent events, each as the JSON that it is, up to `[DONE]`. Whoever leaves the loop ends
 * the request, and so what the server does for it; aborting the request's signal does the same, and throws its reason.
 *
 * @example for await (const event of readEvents(await api.streamAnswer(input, { signal }))) …
 * @throws ConnectionError where it ends before `[DONE]`: what has come until then is no whole answer
 */
export async function* readEvents(response: Response): AsyncGenerator<unknown, void, undefined> {
  if (!response.body) throw new ConnectionError("The answer has no body.");
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: longestEvent }))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read().catch(brokeOff);
      if (done) throw new ConnectionError("The answer broke off.");
      if (value.data === end) return;
      yield parsed(value.data);
    }
  } finally {
    // Streams have no async iteration in every browser, so that leaving is said by hand.
    await events.cancel().catch(() => undefined);
  }
}

/** Whoever aborts hears of that; everything else is the network's. */
function brokeOff(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
  throw new ConnectionError("The answer broke off.", cause);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new ConnectionError("The answer can't be read.", cause);
  }
}
