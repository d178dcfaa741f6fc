import fp from "fastify-plugin";

/** One line a request of the API, with its id. The route's pattern stands in for the URL, whose path or query may hold a secret. */
export const requestLog = fp(
  async (app) => {
    app.addHook("onRequest", async (request, reply) => {
      reply.header("x-request-id", request.id);
    });
    app.addHook("onResponse", async (request, reply) => {
      const { route } = request.routeOptions.config;
      if (!route) return;
      request.log.info(
        {
          method: route.method,
          route: route.path,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
          ...(request.principal ? { member: request.principal.id } : {}),
        },
        "request",
      );
    });
  },
  { name: "request-log" },
);
