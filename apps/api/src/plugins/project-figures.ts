import {
  type ModelStandingView,
  type ProjectFigures,
  type QualityView,
  type StandingQuery,
  staff,
} from "@touchstone/contracts";
import fp from "fastify-plugin";
import { SharedReadings } from "../figures/shared-readings.ts";
import { Turns } from "../figures/turns.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The live figures of projects. */
    projectFigures: {
      /**
       * Computed once for all who ask at this process, by request or socket. They are at most a second old, or four times
       * what it took to compute them, and hold what this process was told has changed.
       *
       * @throws DomainError not_found for a project of another workspace.
       */
      read(workspaceId: string, projectId: string): Promise<ProjectFigures>;
      /**
       * How a project's models stand, by query, kept in the same way.
       *
       * @throws DomainError not_found; conflict where there are too many models.
       */
      standing(workspaceId: string, projectId: string, query: StandingQuery): Promise<ModelStandingView>;
      /** Something that they count has changed: in a project, a workspace, or wherever news may have been missed. */
      changed(workspaceId?: string, projectId?: string): void;
    };
    /** How good projects' judgements are: shared as their figures are, and made anew once staff have changed something. */
    projectQuality: {
      /** @throws DomainError not_found for a project of another workspace. */
      read(workspaceId: string, projectId: string): Promise<QualityView>;
    };
  }
}

const staffRoles: ReadonlySet<string> = new Set(staff);

/** One computation of a project's figures, agreement included, for all its watchers; off the connections of the desk. So is how models stand. */
export const projectFigures = fp(
  async (app) => {
    const readings = new SharedReadings<ProjectFigures>();
    const standings = new SharedReadings<ModelStandingView>();
    const turns = new Turns();
    app.decorate("projectFigures", {
      read: (workspaceId: string, projectId: string) =>
        readings.read(`${workspaceId} ${projectId}`, () => {
          app.figuresComputed.inc();
          return app.reading.run("figures", { workspaceId, projectId });
        }),
      standing: (workspaceId: string, projectId: string, query: StandingQuery) =>
        standings.read(`${workspaceId} ${projectId} ${JSON.stringify(query)}`, () =>
          // Of a project one after another: each holds a connection for as long as it reads, and filters are many.
          turns.take(projectId, () => app.reading.run("modelStanding", { workspaceId, projectId, query })),
        ),
      changed: (workspaceId = "", projectId = "") => {
        const prefix = workspaceId === "" ? "" : `${workspaceId} ${projectId}`;
        readings.forget(prefix);
        standings.forget(prefix);
      },
    });
    const qualities = new SharedReadings<QualityView>();
    app.decorate("projectQuality", {
      read: (workspaceId: string, projectId: string) =>
        qualities.read(`${workspaceId} ${projectId}`, () => app.reading.run("quality", { workspaceId, projectId })),
    });
    // Whoever imports or changes something and then asks is shown it. What annotators do comes as news, twice a second.
    app.addHook("onSend", async ({ method, principal }) => {
      if (method !== "GET" && principal && staffRoles.has(principal.role)) {
        app.projectFigures.changed(principal.workspaceId);
        qualities.forget(principal.workspaceId);
      }
    });
  },
  { name: "project-figures", dependencies: ["threads", "metrics"] },
);
