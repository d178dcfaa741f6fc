import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

/**
 * Cuts off whoever takes nothing of an answer for so long: until then it lies in memory. What is streamed is made as fast
 * as it is taken and has limits of its own (`whileRead`).
 */
export const slowReaders = fp<{ environment: Pick<Environment, "exportIdleMs"> }>(
  async (app, { environment: { exportIdleMs } }) => {
    app.addHook("onSend", async (_request, reply, payload) => {
      // Bytes that are taken begin the time anew.
      if (typeof payload === "string" || Buffer.isBuffer(payload))
        reply.raw.setTimeout(exportIdleMs, () => reply.raw.destroy());
    });
  },
  { name: "slow-readers" },
);
