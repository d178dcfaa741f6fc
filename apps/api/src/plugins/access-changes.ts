import { type Broadcast, broadcastChannel } from "@touchstone/contracts";
import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** A session, a token or a role may have ended: sockets here and at other processes are looked at again. */
    accessChanged(): void;
    /** Calls this whenever it may have happened at this process; what happens at others comes by Redis. */
    onAccessChange(listener: () => void): void;
  }
}

export const accessChanges = fp(
  async (app) => {
    const listeners: (() => void)[] = [];
    const news: Broadcast = { type: "access-changed" };
    app.decorate("onAccessChange", (listener: () => void) => {
      listeners.push(listener);
    });
    app.decorate("accessChanged", () => {
      for (const listener of listeners) listener();
      // While Redis is away, the heartbeats of the other processes find out by themselves.
      app.redis.publish(broadcastChannel, JSON.stringify(news)).catch(() => undefined);
    });
  },
  { name: "access-changes", dependencies: ["redis"] },
);
