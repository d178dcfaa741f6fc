import { type LeasedTask, routes } from "@touchstone/contracts";
import {
  type Annotator,
  claimTasks,
  correctJudgement,
  getGuideline,
  type HandedOut,
  listOwnAnswers,
  listOwnSkips,
  listWork,
  ownDay,
  readGuidelineIn,
  readOwnTask,
  releaseLease,
  renewLease,
  skipTask,
  submitJudgement,
  undoCorrection,
  undoJudgement,
  undoSkip,
  withOpaqueIds,
} from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { inLanguage } from "./in-language.ts";

const annotator = ({ workspaceId, id }: Principal): Annotator => ({ workspaceId, memberId: id });

/** What an annotator does: claim, keep, give back, judge, undo, look back and correct. */
export const workRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  /** Tasks as whoever asks may see them, and in a language that they read. */
  async function shown(request: FastifyRequest, tasks: readonly HandedOut[]): Promise<LeasedTask[]> {
    const [first] = tasks;
    if (!first) return [];
    const texts = await app.readerTexts.of(request, first.projectId);
    return tasks.map((task) => inLanguage(withOpaqueIds(task), texts));
  }

  async function shownOne(request: FastifyRequest, task: HandedOut): Promise<LeasedTask> {
    const texts = await app.readerTexts.of(request, task.projectId);
    return inLanguage(withOpaqueIds(task), texts);
  }

  async function shownNext<Receipt extends { next: HandedOut | null }>(request: FastifyRequest, receipt: Receipt) {
    return receipt.next ? { ...receipt, next: await shownOne(request, receipt.next) } : receipt;
  }

  implement(app, routes.listWork, async ({ member, request }) => {
    const items = await listWork(db, annotator(member));
    const translated = items.map(async (item) => {
      const texts = await app.readerTexts.of(request, item.projectId);
      const { name, description } = item;
      return texts ? { ...item, name: texts.name || name, description: texts.description || description } : item;
    });
    return { items: await Promise.all(translated) };
  });

  implement(app, routes.getGuideline, async ({ params, query, member, request }) => {
    const guideline = await getGuideline(db, annotator(member), params.id, query.version);
    const texts = await app.readerTexts.of(request, params.id);
    const translated = texts ? await readGuidelineIn(db, guideline.id, texts.language) : null;
    return translated === null ? guideline : { ...guideline, text: translated };
  });

  implement(app, routes.getOwnDay, ({ params, member }) => ownDay(db, annotator(member), params.id));

  implement(app, routes.claimTasks, async ({ params, body, member, request }) => {
    const claimed = await claimTasks(db, { ...annotator(member), projectId: params.id, count: body.count });
    return { ...claimed, tasks: await shown(request, claimed.tasks) };
  });

  implement(app, routes.heartbeat, ({ params, body, member }) =>
    renewLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken }),
  );

  implement(app, routes.releaseLease, async ({ params, body, member }) => {
    await releaseLease(db, annotator(member), { leaseId: params.id, leaseToken: body.leaseToken });
    return undefined;
  });

  implement(app, routes.skipTask, async ({ params, body, member, request }) =>
    shownNext(request, await skipTask(db, annotator(member), { leaseId: params.id, ...body })),
  );

  implement(app, routes.undoSkip, async ({ params, body, member, request }) => {
    const undo = { leaseId: params.id, idempotencyKey: body.idempotencyKey };
    return shownOne(request, await undoSkip(db, annotator(member), undo));
  });

  implement(app, routes.submitJudgement, async ({ body, member, request }) =>
    shownNext(request, await submitJudgement(db, annotator(member), body)),
  );

  implement(app, routes.undoJudgement, async ({ params, body, member, request }) => {
    const undo = { judgementId: params.id, idempotencyKey: body.idempotencyKey };
    return shownOne(request, await undoJudgement(db, annotator(member), undo));
  });

  implement(app, routes.listOwnAnswers, async ({ params, query, member, request }) => {
    const { items, next } = await listOwnAnswers(db, annotator(member), params.id, query);
    const texts = await app.readerTexts.of(request, params.id);
    return { items: items.map((item) => inLanguage(item, texts)), next };
  });

  implement(app, routes.listOwnSkips, ({ params, query, member }) =>
    listOwnSkips(db, annotator(member), params.id, query),
  );

  implement(app, routes.getOwnTask, async ({ params, member, request }) => {
    const task = await readOwnTask(db, annotator(member), params.id);
    const texts = await app.readerTexts.of(request, task.projectId);
    return inLanguage(withOpaqueIds(task), texts);
  });

  implement(app, routes.correctJudgement, ({ params, body, member }) =>
    correctJudgement(db, annotator(member), params.id, body),
  );

  implement(app, routes.undoCorrection, ({ params, body, member }) =>
    undoCorrection(db, annotator(member), { judgementId: params.id, ...body }),
  );
};
