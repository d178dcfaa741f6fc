import { parentPort, workerData } from "node:worker_threads";
import { DomainError, refused } from "@touchstone/contracts";
import { type Engine, openEngine } from "@touchstone/engine";
import type { ServedScore, ServingNews } from "@touchstone/jobs";
import {
  type AnswerScore,
  openScorer,
  openServedPolicy,
  PromptTooLong,
  type RewardScorer,
  type ServedPolicy,
  type ServedTalk,
  TurnsByAsker,
} from "@touchstone/rlhf";
import type { ModelToServe, ToServingThread } from "./thread-messages.ts";

/**
 * The serving loop: a token for every answer under way, then a few texts for whoever waits for scores, and again. It knows
 * nothing of Redis; models and questions come in, news go out. What it can't answer for ends the thread, and with it whatever
 * the engine had kept.
 */
const port = parentPort;
if (!port) throw new Error("serving.thread.ts runs as a worker thread only");
const tell = (call: number, news: ServingNews) => port.postMessage({ call, news });

/** Texts that are scored between two tokens. */
const scoredAtOnce = 8;

type Served = { readonly name: string } & (
  | { readonly kind: "policy"; readonly policy: ServedPolicy }
  | { readonly kind: "reward"; readonly scorer: RewardScorer }
);
interface Talk {
  readonly modelId: string;
  readonly talk: ServedTalk;
  readonly ended: Set<number>;
  readonly answers: number;
}
interface Scoring {
  readonly call: number;
  readonly workspaceId: string;
  readonly scorer: RewardScorer;
  readonly items: Parameters<RewardScorer["score"]>[0];
  readonly parts: boolean;
  readonly scores: ServedScore[];
}

let engine: Promise<Engine> | undefined;
const models = new Map<string, Served>();
const talks = new Map<number, Talk>();
/** Those that somebody waits for, and their turns: each scores a few texts in one, and waits for its next. */
const scorings = new Map<number, Scoring>();
const scoringTurns = new TurnsByAsker<Scoring>();
let awake = false;

function fail(call: number, name: string, error: unknown): void {
  tell(call, { type: "failed", error: asRefusal(name, error).toData() });
}

function asRefusal(name: string, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof PromptTooLong) return refused("servingTooLong", { count: error.tokens, limit: error.context });
  return refused("servingFailed", { name, detail: error instanceof Error ? error.message : String(error) });
}

async function load(call: number, { id, name, kind, files, slots }: ModelToServe): Promise<void> {
  try {
    engine ??= openEngine({ prefer: workerData.engine, workers: 1 });
    const opened = await engine;
    models.set(
      id,
      kind === "policy"
        ? { kind, name, policy: openServedPolicy(opened, files, slots) }
        : { kind, name, scorer: openScorer(opened, files) },
    );
    tell(call, { type: "done" });
  } catch (error) {
    fail(call, name, error);
  }
}

function drop(modelId: string): void {
  const model = models.get(modelId);
  models.delete(modelId);
  if (model?.kind === "policy") model.policy.dispose();
  if (model?.kind === "reward") model.scorer.dispose();
}

function take({ call, workspaceId, modelId, ask }: Extract<ToServingThread, { type: "ask" }>): void {
  const model = models.get(modelId);
  try {
    if (!model) throw refused("servingBrokeOff");
    if (ask.kind === "chat" && model.kind === "policy") {
      const { messages, answers, seed, sampling } = ask;
      const talk = model.policy.ask({ asker: workspaceId, messages, answers, seed, options: { topK: 0, ...sampling } });
      talks.set(call, { modelId, talk, answers, ended: new Set() });
      tell(call, { type: "begun", promptTokens: talk.promptTokens });
    } else if (ask.kind === "score" && model.kind === "reward") {
      const { items, parts = false } = ask;
      const scoring = { call, workspaceId, scorer: model.scorer, items, parts, scores: [] };
      scorings.set(call, scoring);
      scoringTurns.add(workspaceId, scoring);
    } else {
      // The API asks each for what it is; nobody else does.
      throw refused("servingFailed", { name: model.name, detail: `it is a ${model.kind} model` });
    }
  } catch (error) {
    fail(call, model?.name ?? modelId, error);
  }
}

function leave(call: number): void {
  talks.get(call)?.talk.leave();
  talks.delete(call);
  scorings.delete(call);
  scoringTurns.remove((one) => one.call === call);
}

function tellTalks(): void {
  for (const [call, { talk, ended, answers }] of talks) {
    const said = talk.news();
    if (said.length === 0) continue;
    tell(call, { type: "said", said });
    for (const { answer, finishReason } of said) if (finishReason !== undefined) ended.add(answer);
    if (ended.size < answers) continue;
    talks.delete(call);
    tell(call, { type: "done" });
  }
}

/** The next few texts of whose turn it is; then it is the others'. */
async function scoreSome(): Promise<void> {
  const scoring = scoringTurns.next();
  if (!scoring) return;
  const { call, workspaceId, scorer, items, parts, scores } = scoring;
  const next = items.slice(scores.length, scores.length + scoredAtOnce);
  const some = await scorer.score(next, undefined, { parts });
  scores.push(...some.map((one) => servedScore(one, parts)));
  // Nobody may wait for it any more.
  if (!scorings.has(call)) return;
  if (scores.length < items.length) {
    scoringTurns.add(workspaceId, scoring);
    return;
  }
  scorings.delete(call);
  tell(call, { type: "scored", scores });
  tell(call, { type: "done" });
}

function servedScore({ score, normalised, truncated, parts, members }: AnswerScore, inParts: boolean): ServedScore {
  if (!inParts) return { score, normalised, truncated };
  return {
    ...{ score, normalised, truncated },
    parts: parts ? [...parts] : null,
    ...(members ? { members: [...members] } : {}),
  };
}

/** Lets messages in between two steps. */
const breathe = () => new Promise((resume) => setImmediate(resume));

async function work(): Promise<void> {
  if (awake) return;
  awake = true;
  for (;;) {
    const busy = [...models.values()].flatMap((model) =>
      model.kind === "policy" && model.policy.busy() ? [model.policy] : [],
    );
    if (busy.length === 0 && scoringTurns.size === 0) break;
    for (const policy of busy) policy.step();
    tellTalks();
    await scoreSome();
    await breathe();
  }
  awake = false;
}

port.on("message", (message: ToServingThread) => {
  if (message.type === "load") void load(message.call, message.model);
  else if (message.type === "drop") drop(message.modelId);
  else if (message.type === "leave") leave(message.call);
  else take(message);
  void work();
});
