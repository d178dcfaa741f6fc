import { type LeasedTask, routes } from "@touchstone/contracts";
import {
  type Annotator,
  claimTasks,
  type Database,
  getGuideline,
  listWork,
  releaseLease,
  renewLease,
  skipTask,
  submitJudgement,
  undoJudgement,
  undoSkip,
  withOpaqueIds,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

const annotator = ({ workspaceId, id }: Principal): Annotator => ({ workspaceId, memberId: id });

async function blind(db: Database, task: LeasedTask): Promise<LeasedTask> {
  const [told = task] = await withOpaqueIds(db, [task]);
  return told;
}

async function blindNext<Receipt extends { next: LeasedTask | null }>(db: Database, receipt: Receipt) {
  return receipt.next ? { ...receipt, next: await blind(db, receipt.next) } : receipt;
}

/** What an annotator does: claim, keep, give back, judge, undo. */
export const workRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listWork, async ({ member }) => ({ items: await listWork(db, annotator(member)) }));

  implement(app, routes.getGuideline, ({ params, query, member }) =>
    getGuideline(db, annotator(member), params.id, query.version),
  );

  implement(app, routes.claimTasks, async ({ params, body, member }) => {
    const claimed = await claimTasks(db, { ...annotator(member), projectId: params.id, count: body.count });
    return { ...claimed, tasks: await withOpaqueIds(db, claimed.tasks) };
  });

  implement(app, routes.heartbeat, ({ params, body, member }) =>
    renewLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken }),
  );

  implement(app, routes.releaseLease, async ({ params, body, member }) => {
    await releaseLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken });
    return undefined;
  });

  implement(app, routes.skipTask, async ({ params, body, member }) =>
    blindNext(db, await skipTask(db, annotator(member), { leaseId: params.id, ...body })),
  );

  implement(app, routes.undoSkip, async ({ params, body, member }) => {
    const undo = { leaseId: params.id, idempotencyKey: body.idempotencyKey };
    return blind(db, await undoSkip(db, annotator(member), undo));
  });

  implement(app, routes.submitJudgement, async ({ body, member }) =>
    blindNext(db, await submitJudgement(db, annotator(member), body)),
  );

  implement(app, routes.undoJudgement, async ({ params, body, member }) => {
    const undo = { judgementId: params.id, idempotencyKey: body.idempotencyKey };
    return blind(db, await undoJudgement(db, annotator(member), undo));
  });
};
