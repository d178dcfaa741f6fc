import fp from "fastify-plugin";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

declare module "fastify" {
  interface FastifyInstance {
    metrics: Registry;
    openSockets: Gauge;
    liveReadings: Counter;
    figuresComputed: Counter;
  }
}

/** Request times by route, open sockets, and what the process itself tells. */
export const metrics = fp(
  async (app) => {
    // One registry a server, so that two in one process (as in tests) do not share figures.
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const seconds = new Histogram({
      name: "touchstone_http_request_seconds",
      help: "Time to answer, by route of the table.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    });
    app.decorate("metrics", registry);
    app.decorate(
      "openSockets",
      new Gauge({ name: "touchstone_open_sockets", help: "Open WebSockets.", registers: [registry] }),
    );
    app.decorate(
      "liveReadings",
      new Counter({ name: "touchstone_live_readings_total", help: "Topics read for sockets.", registers: [registry] }),
    );
    app.decorate(
      "figuresComputed",
      new Counter({
        name: "touchstone_figures_computed_total",
        help: "Live figures of projects computed, once for all who asked.",
        registers: [registry],
      }),
    );
    app.addHook("onResponse", async (request, reply) => {
      const { route } = request.routeOptions.config;
      if (!route) return;
      seconds.observe({ method: route.method, route: route.path, status: reply.statusCode }, reply.elapsedTime / 1000);
    });
  },
  { name: "metrics" },
);
