import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { app } from "./app.ts";
import type { Environment } from "./environment.ts";
import { logDestination } from "./log-destination.ts";
import { bodyLimit } from "./plugins/body-parsing.ts";

/** A server that does not listen yet: tests inject requests into it, server.ts opens its port. */
export function buildServer(environment: Environment): FastifyInstance {
  const server = Fastify({
    bodyLimit,
    trustProxy: environment.trustProxy,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // plugins/request-log.ts writes one line in place of two.
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      stream: logDestination(),
      level: environment.logLevel,
      redact: ["*.headers.authorization", "*.headers.cookie", "*.password", "*.token", "*.secret"],
    },
    // While it closes, a request on a kept connection is answered as ever and told to close it: no 5xx on a restart.
    return503OnClosing: false,
    // Link tokens have 43 characters; the default of 100 would do, but says nothing about it.
    routerOptions: { maxParamLength: 128 },
  });
  void server.register(app, { environment });
  return server;
}
