import { refused } from "@touchstone/contracts";
import { openServingQueue, type ServingAsk, type ServingNews } from "@touchstone/jobs";
import fp from "fastify-plugin";
import { Histogram } from "prom-client";
import { Room } from "../routes/room.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Asks a model, in the room that its workspace has. @throws DomainError as the queue does */
    askModel(
      model: { readonly workspaceId: string; readonly modelId: string },
      ask: ServingAsk,
      signal: AbortSignal,
    ): AsyncGenerator<ServingNews>;
  }
}

/** Questions of a workspace under way at once, in this process. */
const askedAtOnce = 64;

/** The way to the workers that serve models, and how long they take. */
export const serving = fp(
  async (app) => {
    const queue = openServingQueue(app.redis);
    app.addHook("onClose", () => queue.close().catch(() => undefined));
    const room = new Room(askedAtOnce, (limit) => refused("servingBusy", { limit }));
    const seconds = new Histogram({
      name: "touchstone_serving_seconds",
      help: "Time of registered models, from the question to the first news of an answer and to its end.",
      labelNames: ["kind", "until"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers: [app.metrics],
    });

    app.decorate("askModel", async function* ({ workspaceId, modelId }, ask, signal) {
      const leave = room.enter(workspaceId);
      const { kind } = ask;
      const whole = seconds.startTimer({ kind, until: "whole" });
      const first = seconds.startTimer({ kind, until: "first" });
      let heard = false;
      try {
        for await (const news of queue.ask({ workspaceId, modelId, ask }, signal)) {
          if (!heard && (news.type === "said" || news.type === "scored")) {
            heard = true;
            first();
          }
          yield news;
          if (news.type === "done") whole();
        }
      } finally {
        leave();
      }
    });
  },
  { name: "serving", dependencies: ["redis", "metrics"] },
);
