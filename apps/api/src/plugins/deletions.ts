import { advanceDeletion, deletionsUnderWay, removeModelFilesLeft } from "@touchstone/persistence";
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
    const tools = { pool: app.databasePool, files: app.files };
    const asked = inSteps(app, {
      noun: "deletion",
      // Of models, whose rows went at once.
      before: () => removeModelFilesLeft(tools).then(() => undefined),
      listUnderWay: () => deletionsUnderWay(app.database),
      advance: (id) => advanceDeletion(tools, id),
    });
    app.decorate("deletionAsked", asked);
  },
  { name: "deletions", dependencies: ["database", "file-store"] },
);
