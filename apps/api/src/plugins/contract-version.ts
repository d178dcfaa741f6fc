import { contractVersion, contractVersionHeader } from "@touchstone/contracts";
import fp from "fastify-plugin";
import { isForPages } from "./page-requests.ts";

/**
 * Says with every answer of the API which version of the contract it was written by: an open page may be of an earlier
 * one. Pages and their files are no answers of it, and dozens of them come with the first visit.
 */
export const contractVersions = fp(
  async (app) => {
    app.addHook("onSend", async (request, reply) => {
      if (!isForPages(request)) reply.header(contractVersionHeader, contractVersion);
    });
  },
  { name: "contract-version" },
);
