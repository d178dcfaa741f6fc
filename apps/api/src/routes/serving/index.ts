import { DomainError, type DomainErrorData, refused, routes, servedName } from "@touchstone/contracts";
import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import { askPair, assertProject, findModel, findServedPolicy, listServedPolicies } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { problemOf, toDomainError } from "../../plugins/problem-of.ts";
import { implement, type Sent } from "../implement.ts";
import { openProofs } from "./answer-proof.ts";
import { chatAsk, chunksOf, wholeCompletion } from "./chat.ts";
import { answerInChatErrors, chatErrorOf } from "./chat-errors.ts";
import { answerAsk, answerEvents } from "./playground.ts";
import { joinedItems, scoreItem } from "./score-items.ts";
import { sendEvents } from "./send-events.ts";

/** Registered models, answered by a worker: this process loads none. */
export const servingRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const proofs = openProofs(environment.secret);

  async function scores(workspaceId: string, id: string, asked: Asked, signal: AbortSignal) {
    const model = await findModel(db, workspaceId, id);
    if (model.kind !== "reward") throw refused("servingNotReward", { name: servedName(model) });
    const ask: ServingAsk = { kind: "score", ...asked };
    const scored = [];
    for await (const news of heard(app.askModel({ workspaceId, modelId: id }, ask, signal)))
      if (news.type === "scored") scored.push(...news.scores);
    return scored;
  }

  implement(app, routes.scoreAnswers, async ({ params, body, member, reply }) => ({
    scores: await scores(
      member.workspaceId,
      params.id,
      { items: body.items.map(scoreItem), parts: body.parts },
      callerGone(reply),
    ),
  }));

  implement(app, routes.streamAnswer, async ({ params, body, member, reply, request }): Promise<Sent> => {
    const { workspaceId } = member;
    const model = await findModel(db, workspaceId, params.id);
    const name = servedName(model);
    if (model.kind !== "policy") throw refused("servingNotPolicy", { name });
    if (model.archivedAt !== null) throw refused("servingArchived", { name });
    const all = heard(app.askModel({ workspaceId, modelId: model.id }, answerAsk(body), callerGone(reply)));
    const proofOf = (said: Parameters<typeof proofs.of>[1]) => proofs.of(workspaceId, said);
    return sendEvents(reply, environment, answerEvents({ modelId: model.id, ...body }, all, proofOf), (error) => ({
      type: "failed",
      problem: problemOf(toDomainError(error), request.id),
    }));
  });

  implement(app, routes.askPair, async ({ params, body, member }) => {
    await assertProject(db, member.workspaceId, params.id);
    for (const [index, answer] of body.answers.entries())
      if (!proofs.hold(member.workspaceId, answer))
        throw refused("pairUnproven", { number: index + 1, at: `answers.${index}.proof` });
    return askPair(db, member, params.id, body);
  });

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
      return sendEvents(reply, environment, chunksOf(name, { answers: ask.answers, withUsage }, all), (error) => ({
        error: chatErrorOf(toDomainError(error), request.id).error,
      }));
    });

    implement(v1, routes.scoreRemotely, async ({ params, body, member, reply }) => {
      const all = await scores(member.workspaceId, params.id, { items: joinedItems(body) }, callerGone(reply));
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

type Asked = Omit<Extract<ServingAsk, { kind: "score" }>, "kind">;

/** @throws DomainError what the worker refuses */
async function* heard(all: AsyncIterable<ServingNews>): AsyncGenerator<ServingNews> {
  for await (const news of all) {
    if (news.type === "failed") throw asError(news.error);
    yield news;
  }
}

const asError = (data: DomainErrorData) => new DomainError(data.code, data.message, data);
