import { contractVersion, contractVersionHeader } from "@touchstone/contracts";
import fp from "fastify-plugin";

/** Says with every answer which version of the contract it was written by: an open page may be of an earlier one. */
export const contractVersions = fp(
  async (app) => {
    app.addHook("onSend", async (_request, reply) => {
      reply.header(contractVersionHeader, contractVersion);
    });
  },
  { name: "contract-version" },
);
