import { type Outgoing, openOutgoing } from "@touchstone/outgoing";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    outgoing: Outgoing;
  }
}

/** The one way to addresses that people name. */
export const outgoing = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    app.decorate("outgoing", openOutgoing({ allow: environment.outgoingAllow }));
    app.addHook("onClose", () => app.outgoing.close());
  },
  { name: "outgoing" },
);
