import {
  askingReasons,
  DomainError,
  type EndpointTestView,
  type Message,
  refused,
  routes,
  sentenceOf,
} from "@touchstone/contracts";
import { askCompletion, type CompletionFault, type Outgoing } from "@touchstone/outgoing";
import {
  beginTest,
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  endTest,
  getRunAsked,
  listEndpoints,
  mostTokens,
  openEndpoint,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { assertSignedIn } from "../../plugins/principal.ts";
import { problemOf, toDomainError } from "../../plugins/problem-of.ts";
import { implement, type Sent } from "../implement.ts";
import { assertUserLast } from "../serving/playground.ts";
import { sendEvents } from "../serving/send-events.ts";
import { endpointEvents } from "./endpoint-events.ts";

/** Of the query of an address only this is no secret: Azure names the version of its API there. */
const openQuery = new Set(["api-version"]);

/** At its field. The same is asked again at each call, for a name may lead elsewhere by then. */
async function assertAskable(outgoing: Outgoing, baseUrl: string): Promise<void> {
  await outgoing.judge(baseUrl).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, reason, values } = error;
    throw new DomainError(code, message, { issues: [{ path: "baseUrl", message, reason, values }] });
  });
  const named = [...new URL(baseUrl).searchParams.keys()];
  if (named.some((name) => !openQuery.has(name))) throw refused("endpointQuery", { at: "baseUrl" });
}

const testMessages: readonly Message[] = [{ role: "user", content: "Say hello in one word." }];
/** Enough for a word, and for a little thought before it. */
const testTokens = 64;

function faultView({ reason, values }: CompletionFault): EndpointTestView["fault"] {
  return { reason, values: { ...values }, message: sentenceOf(askingReasons[reason], values) };
}

/** Addresses whose models answer prompts. An address outlives the token that would name it, so only a session names one. */
export const endpointRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const { secret } = environment;

  implement(app, routes.listEndpoints, async ({ member }) => ({
    items: await listEndpoints(db, member.workspaceId),
  }));

  implement(app, routes.createEndpoint, async ({ body, member }) => {
    assertSignedIn(member);
    await assertAskable(app.outgoing, body.baseUrl);
    return createEndpoint(db, member, secret, body);
  });

  implement(app, routes.changeEndpoint, async ({ params, body, member }) => {
    assertSignedIn(member);
    if (body.baseUrl !== undefined) await assertAskable(app.outgoing, body.baseUrl);
    return changeEndpoint(db, member, secret, params.id, body);
  });

  implement(app, routes.deleteEndpoint, async ({ params, member }) => {
    await deleteEndpoint(db, member, params.id);
    return undefined;
  });

  implement(app, routes.testEndpoint, async ({ params, member }) => {
    const { workspaceId } = member;
    const { baseUrl, model, key, dialect, limits, ...endpoint } = await openEndpoint(
      ...([db, secret, workspaceId, params.id] as const),
    );
    const sampling = { ...endpoint.sampling, maxNewTokens: Math.min(testTokens, endpoint.sampling.maxNewTokens) };
    const reserved = await beginTest(db, workspaceId, params.id, mostTokens(testMessages, sampling));
    const wholeMs = limits.seconds * 1000;
    const asked = { baseUrl, model, key, dialect, sampling, messages: testMessages, seed: 1, wholeMs };
    const { answer, fault, durationMs } = await askCompletion(app.outgoing, asked);
    await endTest(db, params.id, { limits, reserved }, { answer, fault });
    return {
      ...(answer ?? { text: null, model: null, finishReason: null, promptTokens: null, answerTokens: null }),
      durationMs,
      fault: fault && faultView(fault),
    };
  });

  implement(app, routes.streamEndpointAnswer, async ({ params, body, member, reply, request }): Promise<Sent> => {
    assertUserLast(body);
    const endpoint = await openEndpoint(db, secret, member.workspaceId, params.id);
    const place = { db, outgoing: app.outgoing, workspaceId: member.workspaceId };
    return sendEvents(reply, environment, endpointEvents(place, endpoint, body, callerGone(reply)), (error) => ({
      type: "failed",
      problem: problemOf(toDomainError(error), request.id),
    }));
  });

  implement(app, routes.getRunAsked, ({ params, member }) => getRunAsked(db, member.workspaceId, params.id));
};
