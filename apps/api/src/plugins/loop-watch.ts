import fp from "fastify-plugin";
import { Histogram } from "prom-client";

/** The event loop is looked at this often. */
const everyMs = 20;
/** Whoever else is served feels a longer hold. */
const longestMs = 100;

/**
 * Notices when the event loop is held: nothing else is served meanwhile. The routes that were under way are logged and
 * counted, for one of them held it; where none was, it was a socket or work in the background.
 */
export const loopWatch = fp(
  async (app) => {
    const underWay = new Map<string, number>();
    /** Also those that began and ended between two looks. */
    let since = new Set<string>();
    const holds = new Histogram({
      name: "touchstone_event_loop_hold_seconds",
      help: "Times for which the event loop was held for more than 100 ms, by each route that was under way.",
      labelNames: ["route"],
      buckets: [0.25, 0.5, 1, 2.5, 10],
      registers: [app.metrics],
    });

    app.addHook("onRequest", async (request, reply) => {
      const { route } = request.routeOptions.config;
      if (!route) return;
      const name = `${route.method} ${route.path}`;
      since.add(name);
      underWay.set(name, (underWay.get(name) ?? 0) + 1);
      let isOver = false;
      const over = () => {
        if (isOver) return;
        isOver = true;
        const left = (underWay.get(name) ?? 1) - 1;
        if (left > 0) underWay.set(name, left);
        else underWay.delete(name);
      };
      reply.raw.once("close", over).once("finish", over);
    });

    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const heldMs = now - last - everyMs;
      last = now;
      if (heldMs > longestMs) {
        const routes = [...since];
        app.log.warn({ ms: Math.round(heldMs), routes }, "the event loop was held");
        for (const route of routes.length > 0 ? routes : ["none"]) holds.observe({ route }, heldMs / 1000);
      }
      since = new Set(underWay.keys());
    }, everyMs);
    timer.unref();
    app.addHook("onClose", async () => clearInterval(timer));
  },
  { name: "loop-watch", dependencies: ["metrics"] },
);
