import { DomainError, routes } from "@touchstone/contracts";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { openApiDocument } from "../../openapi/document.ts";
import { constantAnswer } from "../constant-answer.ts";
import { implement } from "../implement.ts";
import { assertMayReadMetrics } from "./metrics-access.ts";

/** Health, metrics and the API's own description. */
export const serviceRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  implement(app, routes.live, () => ({ status: "ok" as const }));

  implement(app, routes.ready, async () => {
    if (app.isDraining()) throw new DomainError("unavailable", "This process is stopping.");
    // A database that is away throws, which is answered with 503.
    const [redis] = await Promise.all([
      app.redis.ping().then(
        () => true,
        () => false,
      ),
      app.database.$queryRaw`SELECT 1`,
      app.reading.run("begin", undefined),
    ]);
    return { status: redis ? ("ok" as const) : ("degraded" as const), postgres: true, redis };
  });

  implement(app, routes.metrics, ({ request }) => {
    assertMayReadMetrics(request, environment);
    return app.metrics.metrics();
  });

  const description = constantAnswer(openApiDocument());
  implement(app, routes.openApi, ({ request, reply }) => description(request, reply));
};
