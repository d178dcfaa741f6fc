import { ChatCompletion, ChatRequest, ServedModels } from "../serving/chat.ts";
import { AnswerAsk, AskedPairView, PairToAsk } from "../serving/playground.ts";
import { RemoteRewardRequest, RemoteRewardView, ScoreRequest, ScoreView } from "../serving/scores.ts";
import { builders, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

const asks = { none: "it changes nothing: a model is asked, and nothing of it is kept" } as const;
const problems = ["not_found", "invalid_value"] as const;

/** Registered models, as programs of others ask them: errors of /v1 are of OpenAI's shape. */
export const servingRoutes = {
  listServedModels: route({
    method: "GET",
    path: "/v1/models",
    summary: "Policies that can be talked to, in OpenAI's shape",
    access: staff,
    status: 200,
    response: ServedModels,
  }),
  completeChat: route({
    method: "POST",
    path: "/v1/chat/completions",
    summary: "A policy's answer to a conversation, in OpenAI's shape; with `stream` as server-sent events",
    access: staff,
    body: ChatRequest,
    audit: asks,
    status: 200,
    response: ChatCompletion,
    problems,
  }),
  scoreAnswers: route({
    method: "POST",
    path: "/api/models/:id/scores",
    summary: "What a reward model says of answers, in their order",
    access: staff,
    params: IdParam,
    body: ScoreRequest,
    whenArchived: "allowed",
    audit: asks,
    status: 200,
    response: ScoreView,
    problems,
  }),
  streamAnswer: route({
    method: "POST",
    path: "/api/models/:id/answers",
    summary: "A policy's answer to a conversation, bit by bit as server-sent events (`AnswerEvent`), up to [DONE]",
    access: staff,
    params: IdParam,
    body: AnswerAsk,
    whenArchived: "allowed",
    audit: asks,
    status: 200,
    produces: "text/event-stream",
    problems: [...problems, "conflict"],
  }),
  askPair: route({
    method: "POST",
    path: "/api/projects/:id/pairs",
    summary: "Ask people about two answers that streamAnswer gave; the same pair again is the same task",
    access: builders,
    params: IdParam,
    body: PairToAsk,
    audit: ["pair.asked"],
    status: 200,
    response: AskedPairView,
    problems: [...problems, "conflict"],
  }),
  scoreRemotely: route({
    method: "POST",
    path: "/v1/rewards/:id",
    summary: "The same in the shape of OpenRLHF's remote reward",
    access: staff,
    params: IdParam,
    body: RemoteRewardRequest,
    audit: asks,
    status: 200,
    response: RemoteRewardView,
    problems,
  }),
};
