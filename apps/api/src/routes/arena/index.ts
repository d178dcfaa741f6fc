import { type ArenaNews, refused, routes } from "@touchstone/contracts";
import {
  type Annotator,
  addTurn,
  beginBattle,
  endBattle,
  getArena,
  getArenaSettings,
  getBattle,
  isStillHeld,
  keepAnswer,
  listArenas,
  listBattles,
  setArenaSettings,
  takeTurn,
  takeTurnBack,
  voteInBattle,
} from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import type { Principal } from "../../plugins/principal.ts";
import { problemOf, toDomainError } from "../../plugins/problem-of.ts";
import { implement, type Sent } from "../implement.ts";
import { sendEvents } from "../serving/send-events.ts";
import { answerBoth, askOf } from "./answer-both.ts";
import { blindFault } from "./blind-fault.ts";

const annotator = ({ workspaceId, id }: Principal): Annotator => ({ workspaceId, memberId: id });

/** Two policies at once, blind. What leaves before the vote is made of battle views and of `answerBoth` alone. */
export const arenaRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  /** Who answers which battle in this process: whoever comes later takes its place at once. */
  const atWork = new Map<string, AbortController>();

  implement(app, routes.getArenaSettings, ({ params, member }) => getArenaSettings(db, member.workspaceId, params.id));
  implement(app, routes.setArenaSettings, ({ params, member, body }) => setArenaSettings(db, member, params.id, body));
  implement(app, routes.listBattles, ({ params, member, query }) =>
    listBattles(db, member.workspaceId, params.id, query),
  );
  implement(app, routes.listArenas, async ({ member }) => ({ items: await listArenas(db, annotator(member)) }));
  implement(app, routes.getArena, ({ params, member }) => getArena(db, annotator(member), params.id));
  implement(app, routes.beginBattle, ({ params, member, body }) => beginBattle(db, annotator(member), params.id, body));
  implement(app, routes.getBattle, ({ params, member }) => getBattle(db, annotator(member), params.id));
  implement(app, routes.addTurn, ({ params, member, body }) => addTurn(db, annotator(member), params.id, body));
  implement(app, routes.takeTurnBack, ({ params, member, body }) => {
    atWork.get(params.id)?.abort(refused("arenaElsewhere"));
    return takeTurnBack(db, annotator(member), params.id, body.number);
  });
  implement(app, routes.voteInBattle, ({ params, member, body }) =>
    voteInBattle(db, annotator(member), params.id, body),
  );
  implement(app, routes.endBattle, ({ params, member, body }) => endBattle(db, annotator(member), params.id, body.how));

  implement(app, routes.streamAnswers, async ({ params, member, request, reply }): Promise<Sent> => {
    const who = annotator(member);
    const turn = await takeTurn(db, who, params.id);
    const mine = new AbortController();
    atWork.get(turn.battleId)?.abort(refused("arenaElsewhere"));
    atWork.set(turn.battleId, mine);
    const signal = AbortSignal.any([callerGone(reply), mine.signal]);
    const answering = answerBoth(
      turn,
      {
        ask: (side, stop) => app.askModel({ workspaceId: who.workspaceId, modelId: side.modelId }, askOf(side), stop),
        keep: (side, answer) => keepAnswer(db, who, turn, side, answer),
        isStillHeld: () => isStillHeld(db, turn),
      },
      signal,
    );
    const all = blindly(answering, request, () => {
      if (atWork.get(turn.battleId) === mine) atWork.delete(turn.battleId);
    });
    return sendEvents(reply, environment, all, (error) => ({
      type: "failed",
      problem: problemOf(toDomainError(error), request.id),
    }));
  });
};

/** The same news; what breaks them off tells of neither policy. @throws DomainError */
async function* blindly(
  all: AsyncGenerator<ArenaNews>,
  request: FastifyRequest,
  onEnd: () => void,
): AsyncGenerator<ArenaNews> {
  try {
    yield* all;
  } catch (fault) {
    const said = blindFault(fault);
    if (said.reason === "arenaAnswerFailed") request.log.error({ err: fault }, "an answer of the arena failed");
    throw said;
  } finally {
    onEnd();
  }
}
