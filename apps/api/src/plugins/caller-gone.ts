import { refused } from "@touchstone/contracts";
import type { FastifyReply } from "fastify";

/** Aborted when the connection closes before the answer is written: nobody waits for it, and its work is to stop. */
export function callerGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort(refused("callerLeft"));
  });
  return gone.signal;
}
