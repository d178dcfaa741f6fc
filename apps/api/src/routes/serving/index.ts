import { Readable } from "node:stream";
import { DomainError, type DomainErrorData, refused, routes, servedName } from "@touchstone/contracts";
import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import { findModel, findServedPolicy, listServedPolicies } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { toDomainError } from "../../plugins/problem-of.ts";
import { whileRead } from "../exports/while-read.ts";
import { implement, sent } from "../implement.ts";
import { chatAsk, chunksOf, wholeCompletion } from "./chat.ts";
import { answerInChatErrors, chatErrorOf } from "./chat-errors.ts";
import { joinedItems, type ScoreItem, scoreItem } from "./score-items.ts";

/** Registered models, answered by a worker: this process loads none. */
export const servingRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;

  async function scores(workspaceId: string, id: string, items: ScoreItem[], signal: AbortSignal) {
    const model = await findModel(db, workspaceId, id);
    if (model.kind !== "reward") throw refused("servingNotReward", { name: servedName(model) });
    const ask: ServingAsk = { kind: "score", items };
    const scored = [];
    for await (const news of heard(app.askModel({ workspaceId, modelId: id }, ask, signal)))
      if (news.type === "scored") scored.push(...news.scores);
    return scored;
  }

  implement(app, routes.scoreAnswers, async ({ params, body, member, reply }) => ({
    scores: await scores(member.workspaceId, params.id, body.items.map(scoreItem), callerGone(reply)),
  }));

  // What programs of others ask, with errors as these read them.
  await app.register(async (v1) => {
    answerInChatErrors(v1);

    implement(v1, routes.listServedModels, async ({ member }) => ({
      object: "list" as const,
      data: await listServedPolicies(db, member.workspaceId),
    }));

    implement(v1, routes.completeChat, async ({ body, member, reply, request }) => {
      const { workspaceId } = member;
      const model = await findServedPolicy(db, workspaceId, body.model);
      if (!model) throw refused("servingUnknown", { name: body.model, where: "GET /v1/models", at: "model" });
      const ask = chatAsk(body);
      const name = servedName(model);
      const all = heard(app.askModel({ workspaceId, modelId: model.id }, ask, callerGone(reply)));
      if (body.stream !== true) return wholeCompletion(name, ask.answers, all);
      const withUsage = body.stream_options?.include_usage === true;
      // What is refused is refused before a status says that all is well.
      const begun = await afterFirst(chunksOf(name, { answers: ask.answers, withUsage }, all));
      reply.header("cache-control", "no-store").header("x-accel-buffering", "no");
      reply.type("text/event-stream; charset=utf-8");
      const events = eventsOf(begun, (error) => ({
        error: chatErrorOf(toDomainError(error), request.id).error,
      }));
      void reply.send(Readable.from(whileRead(events, reply, environment.exportIdleMs), { objectMode: false }));
      return sent;
    });

    implement(v1, routes.scoreRemotely, async ({ params, body, member, reply }) => {
      const all = await scores(member.workspaceId, params.id, joinedItems(body), callerGone(reply));
      const rewards = all.map(({ normalised }) => normalised);
      return {
        ...{ rewards, scores: rewards },
        extra_logs: {
          raw_score: all.map(({ score }) => score),
          truncated: all.map(({ truncated }) => Number(truncated)),
        },
      };
    });
  });
};

/** @throws DomainError what the worker refuses */
async function* heard(all: AsyncIterable<ServingNews>): AsyncGenerator<ServingNews> {
  for await (const news of all) {
    if (news.type === "failed") throw asError(news.error);
    yield news;
  }
}

const asError = (data: DomainErrorData) => new DomainError(data.code, data.message, data);

/** The same, once the first of it is there. */
async function afterFirst<T>(all: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await all.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* all;
  })();
}

/** Server-sent events. One that breaks off ends with an error in the place of `[DONE]`, so that nobody takes it for whole. */
async function* eventsOf(all: AsyncIterable<unknown>, errorOf: (error: Error) => unknown): AsyncGenerator<Uint8Array> {
  const event = (data: string) => Buffer.from(`data: ${data}\n\n`);
  try {
    for await (const one of all) yield event(JSON.stringify(one));
  } catch (error) {
    yield event(JSON.stringify(errorOf(error instanceof Error ? error : new Error(String(error)))));
    return;
  }
  yield event("[DONE]");
}
