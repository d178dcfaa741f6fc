import { routes } from "@touchstone/contracts";
import {
  type Annotator,
  claimTasks,
  getGuideline,
  listWork,
  releaseLease,
  renewLease,
  skipTask,
  submitJudgement,
  undoJudgement,
  undoSkip,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

const annotator = ({ workspaceId, id }: Principal): Annotator => ({ workspaceId, memberId: id });

/** What an annotator does: claim, keep, give back, judge, undo. */
export const workRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listWork, async ({ member }) => ({ items: await listWork(db, annotator(member)) }));

  implement(app, routes.getGuideline, ({ params, query, member }) =>
    getGuideline(db, annotator(member), params.id, query.version),
  );

  implement(app, routes.claimTasks, ({ params, body, member }) =>
    claimTasks(db, { ...annotator(member), projectId: params.id, count: body.count }),
  );

  implement(app, routes.heartbeat, ({ params, body, member }) =>
    renewLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken }),
  );

  implement(app, routes.releaseLease, async ({ params, body, member }) => {
    await releaseLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken });
    return undefined;
  });

  implement(app, routes.skipTask, ({ params, body, member }) =>
    skipTask(db, annotator(member), { leaseId: params.id, ...body }),
  );

  implement(app, routes.undoSkip, ({ params, body, member }) =>
    undoSkip(db, annotator(member), { leaseId: params.id, idempotencyKey: body.idempotencyKey }),
  );

  implement(app, routes.submitJudgement, ({ body, member }) => submitJudgement(db, annotator(member), body));

  implement(app, routes.undoJudgement, ({ params, body, member }) =>
    undoJudgement(db, annotator(member), { judgementId: params.id, idempotencyKey: body.idempotencyKey }),
  );
};
