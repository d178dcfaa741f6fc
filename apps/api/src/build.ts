import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { app } from "./app.ts";
import type { Environment } from "./environment.ts";
import { logDestination } from "./log-destination.ts";
import { bodyLimit } from "./plugins/body-parsing.ts";
import { toDomainError } from "./plugins/problem-of.ts";
import { sendProblem } from "./plugins/problems.ts";
import { answerUnreadable } from "./plugins/raw-answers.ts";

/** Above what any handler takes; a client that reads nothing of its download is let go. */
const silentConnectionMs = 15 * 60_000;

/** A server that does not listen yet: tests inject requests into it, server.ts opens its port. */
export function buildServer(environment: Environment): FastifyInstance {
  const server = Fastify({
    bodyLimit,
    trustProxy: trustedBy(environment),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    connectionTimeout: silentConnectionMs,
    // What is refused before there is a route is a problem too.
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      // @fastify/websocket closes the sockets of requests that meet its hooks, which this one does not.
      if (request.raw.headers.upgrade) reply.raw.once("finish", () => request.raw.socket.destroySoon());
      void sendProblem(request, reply, toDomainError(error));
    },
    // plugins/request-log.ts writes one line in place of two.
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      stream: logDestination(),
      level: environment.logLevel,
      redact: [
        ...["*.headers.authorization", "*.headers.cookie", "*.password", "*.token", "*.secret"],
        // Postgres names the values of the row that it refuses: who somebody is, or what they wrote.
        ...["err.detail", "err.where", "err.cause.detail", "err.cause.where"],
      ],
    },
    // While it closes, a request on a kept connection is answered as ever and told to close it: no 5xx on a restart.
    return503OnClosing: false,
    // Link tokens have 43 characters; the default of 100 would do, but says nothing about it.
    routerOptions: { maxParamLength: 128 },
  });
  void server.register(app, { environment });
  return server;
}

/** A number of proxies is counted from this side: what the farthest of them says of who came is believed, and no more. */
function trustedBy({ trustProxy }: Environment) {
  return typeof trustProxy === "number" ? (_address: string, hop: number) => hop < trustProxy : trustProxy;
}
