import { createHash } from "node:crypto";
import {
  type AskingReason,
  askingReasons,
  DomainError,
  type GenerateSpec,
  refused,
  type SentenceValues,
  sentenceOf,
} from "@touchstone/contracts";
import {
  type AskableEndpoint,
  addAlert,
  countWanted,
  endpointAnswers,
  forgetAnswerTexts,
  type GeneratedAnswer,
  getRunAsked,
  insertCandidates,
  mostTokens,
  openEndpoint,
  promptsToAsk,
  succeedRun,
  takeUpAsking,
} from "@touchstone/persistence";
import type { HeldRun } from "../context.ts";
import { tellOfSelfNamed } from "../self-named.ts";
import { RunFailure } from "../thread.ts";
import { Asking, type Halt, type Wanted } from "./asking.ts";
import { inLanes } from "./lanes.ts";
import { afterGrace } from "./stop-gently.ts";

/**
 * Candidates from a model behind an address, in the place of a policy of ours: every answer is written down as it comes, so
 * that a run which is taken up again asks for none of them twice. Tasks appear at the end, once or not at all. Where the
 * budget or the endpoint ends it early, the run keeps what there is and says so.
 */
export async function askEndpoint(held: HeldRun, endpointId: string, spec: GenerateSpec): Promise<void> {
  const { run, db, fence } = held;
  const endpoint = await opened(held, endpointId);
  const { wanted, done, total } = await wantedAnswers(held, spec);
  await countWanted(db, fence, total, done);
  const asking = new Asking(held, endpoint, spec.sampling);
  const grace = afterGrace(held.stop, held.lost);
  try {
    await inLanes(wanted, endpoint.limits.atOnce, grace.signal, (one, signal) => asking.ask(one, signal));
  } finally {
    grace.done();
  }
  // Given back in order: whoever takes it next goes on from here.
  held.stop.throwIfAborted();
  const answers = await endpointAnswers(db, run.id, endpoint.model);
  if (answers.length === 0) throw await nothingAnswered(held, endpoint, asking.halt);
  await tellOfEnd(held, { answers, total, halt: asking.halt, asked: spec.selfNamed === "ask" });
  await succeedRun(db, run.workspaceId, fence, null, async (tx) => {
    await insertCandidates(tx, run, spec, answers);
    await forgetAnswerTexts(tx, run.id);
  });
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new RunFailure("endpoint", error.message, { ...error.values }, error.reason);
}

async function opened({ db, run, environment }: HeldRun, endpointId: string): Promise<AskableEndpoint> {
  try {
    return await openEndpoint(db, environment.TOUCHSTONE_SECRET ?? "", run.workspaceId, endpointId);
  } catch (error) {
    throw failureOf(error);
  }
}

/** A seed of its own for each answer, by the run's: the same run asks for the same. 31 bits, as addresses take. */
function seedOf(seed: number, promptId: string, place: number): number {
  return createHash("sha256").update(`${seed}.${promptId}.${place}`).digest().readUInt32BE() >>> 1;
}

async function wantedAnswers(
  held: HeldRun,
  spec: GenerateSpec,
): Promise<{ wanted: Wanted[]; done: number; total: number }> {
  const { db, run, fence } = held;
  const { places, lost } = await takeUpAsking(db, fence);
  if (lost > 0) await tell(held, "endpoint_lost", { count: lost });
  const begun = new Set(places.map(({ promptId }) => promptId));
  const where = { workspaceId: run.workspaceId, projectId: run.projectId };
  const prompts = await promptsToAsk(db, where, { seed: run.seed, limit: spec.prompts, begun });
  if (prompts.length === 0) {
    throw new RunFailure("no_prompts", "This project has no prompts to answer yet. Import some.");
  }
  const known = new Map(places.map((one) => [`${one.promptId} ${one.place}`, one]));
  const all = prompts.flatMap((prompt) =>
    Array.from({ length: spec.samplesPerPrompt }, (_, place) => ({ prompt, place })),
  );
  const isDone = (promptId: string, place: number) => known.get(`${promptId} ${place}`)?.done === true;
  const wanted = all
    .filter(({ prompt, place }) => !isDone(prompt.id, place))
    .map(({ prompt, place }) => ({
      ...{ prompt, place, promptId: prompt.id },
      seed: seedOf(run.seed, prompt.id, place),
      most: mostTokens(prompt.messages, spec.sampling),
      attempts: known.get(`${prompt.id} ${place}`)?.attempts ?? 0,
    }));
  return { wanted, done: all.length - wanted.length, total: all.length };
}

/** Why there is not one answer. */
async function nothingAnswered(
  { db, run }: HeldRun,
  { name }: AskableEndpoint,
  halt: Halt | null,
): Promise<RunFailure | unknown> {
  if (halt?.why === "budget") return failureOf(refused("endpointBudget", { name }));
  if (halt?.why === "fault") return faultFailure(halt.fault.reason, halt.fault.values);
  const { faults } = await getRunAsked(db, run.workspaceId, run.id);
  const [most] = faults;
  if (!most) return new RunFailure("no_prompts", "This project has no prompts to answer any more. Import some.");
  return new RunFailure("endpoint", most.message, most.values, most.reason);
}

function faultFailure(reason: AskingReason, values: SentenceValues): RunFailure {
  return new RunFailure("endpoint", sentenceOf(askingReasons[reason], values), values, reason);
}

interface End {
  readonly answers: readonly GeneratedAnswer[];
  readonly total: number;
  readonly halt: Halt | null;
  /** Whether people are asked about answers that say what they are. */
  readonly asked: boolean;
}

async function tellOfEnd(held: HeldRun, { answers, total, halt, asked }: End): Promise<void> {
  const { failed } = await getRunAsked(held.db, held.run.workspaceId, held.run.id);
  const answered = answers.length;
  if (failed > 0) await tell(held, "endpoint_failed", { count: failed, total });
  if (halt !== null) {
    await tell(held, halt.why === "budget" ? "endpoint_budget" : "endpoint_stopped", { answered, total });
  }
  const cut = answers.filter(({ finishReason }) => finishReason === "length").length;
  if (cut > 0) await tell(held, "endpoint_cut", { count: cut, total: answered });
  await tellOfSelfNamed(held, answers, asked);
}

const sentences = {
  endpoint_lost:
    "Calls that were under way when their worker died: {count}. What became of them is not known, so they count in the budget with the most that they can have cost; they were made again, and may be paid twice. No other was.",
  endpoint_failed: "Answers that the endpoint did not give: {count} of {total}. “What the endpoint answered” says why.",
  endpoint_stopped: "The endpoint was not well, so the rest was not asked: there are {answered} of {total} answers.",
  endpoint_budget:
    "The endpoint's budget is used up, so the rest was not asked: there are {answered} of {total} answers.",
  endpoint_cut: "Answers that end because they had no more room: {count} of {total}. Raise maxNewTokens.",
} as const;

async function tell(held: HeldRun, code: keyof typeof sentences, values: SentenceValues): Promise<void> {
  const message = sentenceOf(sentences[code], values);
  await addAlert(held.db, held.fence, { step: 0, level: "warning", code, values, message });
}
