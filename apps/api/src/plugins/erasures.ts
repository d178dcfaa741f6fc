import { advanceErasure, erasuresUnderWay, sweepRetention } from "@touchstone/persistence";
import fp from "fastify-plugin";
import { inSteps } from "./in-steps.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** There is somebody to erase. */
    erasureAsked(): void;
  }
}

/** Between two looks at what projects keep no longer: it is a matter of days. */
const sweepEveryMs = 60 * 60_000;

/** Erases whoever is to be erased, and looks once an hour at what projects keep no longer. */
export const erasures = fp(
  async (app) => {
    let sweptAt: number | null = null;
    const asked = inSteps(app, {
      noun: "erasure",
      listUnderWay: () => erasuresUnderWay(app.database),
      advance: (id) => advanceErasure({ pool: app.databasePool, files: app.files }, id),
      // By a clock that nobody sets; what is due is the database's to say.
      async before() {
        if (sweptAt !== null && performance.now() - sweptAt < sweepEveryMs) return;
        await sweepRetention(app.database);
        sweptAt = performance.now();
      },
    });
    app.decorate("erasureAsked", asked);
  },
  { name: "erasures", dependencies: ["database", "file-store"] },
);
