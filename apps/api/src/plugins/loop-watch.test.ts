import { setTimeout as sleep } from "node:timers/promises";
import { routes } from "@touchstone/contracts";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { loopWatch } from "./loop-watch.ts";
import { metrics } from "./metrics.ts";

it("names the route that was under way while the event loop was held, and no other", async () => {
  const app = Fastify();
  await app.register(metrics);
  await app.register(loopWatch);
  app.get("/held", { config: { route: routes.listProjects } }, async () => {
    const start = performance.now();
    while (performance.now() - start < 400);
    return {};
  });
  app.get("/quick", { config: { route: routes.listMembers } }, async () => ({}));
  await app.inject("/quick");
  // Past the look after the quick one.
  await sleep(100);
  await app.inject("/held");
  await sleep(100);
  const text = await app.metrics.getSingleMetricAsString("touchstone_event_loop_hold_seconds");
  await app.close();
  expect(text).toMatch(/hold_seconds_count\{route="GET \/api\/projects"\} [1-9]/);
});
