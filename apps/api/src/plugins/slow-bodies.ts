import type { IncomingMessage } from "node:http";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { hasBody } from "./media-types.ts";
import { answerRaw } from "./raw-answers.ts";

/** What a stream has to bring in each stretch of time: far below the slowest line, far above a held connection. */
const leastBytes = 1024;

/**
 * Cuts bodies off that do not arrive. One that is read as a whole has a time; one that is streamed has to go on, as long as
 * it is the client who is waited for.
 */
export const slowBodies = fp<{ environment: Pick<Environment, "bodyMs"> }>(
  async (app, { environment: { bodyMs } }) => {
    app.addHook("onRequest", async (request, reply) => {
      const { raw } = request;
      if (request.ws || !hasBody(request)) return;
      const isStream = request.routeOptions.config.route?.stream !== undefined;
      let seen = raw.socket.bytesRead;
      const timer = setInterval(() => {
        if (raw.complete || raw.destroyed) return stop();
        const came = raw.socket.bytesRead - seen;
        seen += came;
        if (isStream && (came >= leastBytes || waitsForUs(raw))) return;
        stop();
        const late = new DomainError(
          "request_timeout",
          `The body did not arrive within ${bodyMs / 1_000} s; try again.`,
        );
        if (reply.raw.headersSent) raw.socket.destroy();
        else answerRaw(raw.socket, late);
      }, bodyMs).unref();
      const stop = () => clearInterval(timer);
      raw.once("end", stop).once("close", stop);
    });
  },
  { name: "slow-bodies" },
);

/** Whoever reads is slower than whoever sends, so that what has come lies in the way. */
const waitsForUs = (raw: IncomingMessage) => raw.readableLength >= raw.readableHighWaterMark;
