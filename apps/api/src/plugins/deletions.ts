import { advanceDeletion, deletionsUnderWay } from "@touchstone/persistence";
import fp from "fastify-plugin";
import { inSteps } from "./in-steps.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** There is something to delete. */
    deletionAsked(): void;
  }
}

/** Removes what was deleted. */
export const deletions = fp(
  async (app) => {
    const asked = inSteps(app, {
      noun: "deletion",
      listUnderWay: () => deletionsUnderWay(app.database),
      advance: (id) => advanceDeletion({ pool: app.databasePool, files: app.files }, id),
    });
    app.decorate("deletionAsked", asked);
  },
  { name: "deletions", dependencies: ["database", "file-store"] },
);
