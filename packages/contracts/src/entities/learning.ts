import { z } from "zod";
import { Message } from "../messages.ts";
import { ProblemIssue } from "../problem-issue.ts";
import { LabelSetView } from "./datasets.ts";
import { ErasedSince } from "./erased-since.ts";
import { RunAlert, RunEngine, RunError } from "./run-facts.ts";
import { Estimate, Id, Name, Timestamp } from "./scalars.ts";

/** Steps are 32-bit integers where they are kept. */
const latestStep = 2 ** 31 - 1;

/**
 * `generate` samples fresh answers, `simulate` lets simulated annotators judge and `import` reads a model of others; the rest
 * train one.
 */
export const RunKind = z.enum([
  "pretrain",
  "sft",
  "reward",
  "ilql",
  "rloo",
  "grpo",
  "ppo",
  "dpo",
  "generate",
  "simulate",
  "import",
]);
export type RunKind = z.infer<typeof RunKind>;

export const RunState = z.enum(["waiting", "queued", "running", "succeeded", "failed", "cancelled"]);
export type RunState = z.infer<typeof RunState>;

export const Preset = z.enum(["article", "preference"]);
export type Preset = z.infer<typeof Preset>;

/** What a worker must have to take a run. A GPU worker takes both, a CPU worker only `cpu`. */
export const Capability = z.enum(["cpu", "gpu"]);
export type Capability = z.infer<typeof Capability>;

/** Which models and labels a run reads. `from: run` means: the model that run publishes. */
export const ModelRef = z.union([z.strictObject({ modelVersionId: Id }), z.strictObject({ runId: Id })]);
export type ModelRef = z.infer<typeof ModelRef>;

export const RunDraft = z.strictObject({
  kind: RunKind.exclude(["simulate"]),
  name: Name.optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Trainer settings that differ from the trainer's defaults; checked against the trainer's own schema. */
  spec: z.record(z.string(), z.unknown()).default({}),
  policy: ModelRef.optional(),
  reward: ModelRef.optional(),
  /** Of kind `generate`: the model behind this endpoint answers, and no policy of ours. */
  endpointId: Id.optional(),
  capability: Capability.default("cpu"),
  includeSimulated: z.boolean().default(false),
});
export type RunDraft = z.infer<typeof RunDraft>;

/** One turn of the loop: reward model → policy optimisation → fresh answers of old and new policy → blind evaluation. */
export const RoundDraft = z.strictObject({
  preset: Preset,
  policyId: Id,
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  evaluationPrompts: z.number().int().min(5).max(5_000).default(60),
  /** Training prompts that the new policy answers for the next labels; 0 for none. */
  candidatePrompts: z.number().int().min(0).max(100_000).default(60),
  /** A tenth of the policy's training: to see the loop turn, not to gain much by it. */
  quick: z.boolean().default(false),
  capability: Capability.default("cpu"),
  includeSimulated: z.boolean().default(false),
});
export type RoundDraft = z.infer<typeof RoundDraft>;

/** What a run published, enough to name it and to say what came of it. */
const PublishedView = z.object({
  id: Id,
  kind: z.enum(["policy", "reward"]),
  number: z.number().int(),
  metrics: z.record(z.string(), z.unknown()),
});

export const RunView = z.object({
  id: Id,
  projectId: Id,
  /** Runs of a project are numbered in the order in which they were asked for. */
  number: z.number().int(),
  kind: RunKind,
  name: z.string(),
  state: RunState,
  seed: z.number().int(),
  spec: z.record(z.string(), z.unknown()),
  step: z.number().int(),
  totalSteps: z.number().int().nullable(),
  secondsLeft: z.number().nullable(),
  engine: RunEngine.nullable(),
  error: RunError.nullable(),
  alerts: z.array(RunAlert),
  waitsForId: Id.nullable(),
  /** The runs of the same chain that begin when this one has succeeded. */
  followers: z.array(z.object({ id: Id, kind: RunKind, name: z.string() })),
  policyId: Id.nullable(),
  rewardId: Id.nullable(),
  labelSet: z.object({ id: Id, sha256: z.string(), judgements: z.number().int() }).nullable(),
  /** Of the judgements that it read, how many were erased: it can't be gone on with, nor made again as it was. */
  erased: ErasedSince.nullable().default(null),
  modelVersionId: Id.nullable(),
  published: PublishedView.nullable(),
  evaluationId: Id.nullable(),
  /** Whose model answers, where it is no policy of ours. */
  endpointId: Id.nullable().default(null),
  requestedBy: z.string().nullable(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
});
export type RunView = z.infer<typeof RunView>;

/** Which curves of a run, from which step on. */
export const MetricsQuery = z.strictObject({
  /** Points after this step. */
  after: z.coerce.number().int().min(-1).max(latestStep).default(-1),
  /** Of this figure alone; empty: of none, which leaves the names. Without it, of all. */
  name: z.string().max(1_000).optional(),
  /** With the time of each point. */
  times: z.stringbool().default(false),
});
export type MetricsQuery = z.infer<typeof MetricsQuery>;

export const MetricSeries = z.object({
  name: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])),
  /** When each point was drawn, in seconds since the run began; null where that was not kept. Only where it is asked for. */
  seconds: z.array(z.number().nullable()).optional(),
});
export type MetricSeries = z.infer<typeof MetricSeries>;

/** Curves of a run, and what all of its curves are called. */
export const RunMetricsView = z.object({ names: z.array(z.string()), series: z.array(MetricSeries) });
export type RunMetricsView = z.infer<typeof RunMetricsView>;

export const ModelKind = z.enum(["policy", "reward"]);
export type ModelKind = z.infer<typeof ModelKind>;

/** `current`: a project uses it; `archived`: offered nowhere. */
export const ModelStage = z.enum(["candidate", "current", "archived"]);
export type ModelStage = z.infer<typeof ModelStage>;

/** All that a page needs to name a model in its reader's language. */
export const ModelName = z.object({
  id: Id,
  kind: ModelKind,
  /** Models of a kind are numbered within the workspace. */
  number: z.number().int(),
  name: z.string(),
  practice: z.boolean(),
  /** The kind of run that published it; null, and it came from outside. */
  trainer: RunKind.nullable(),
  /** What people call it; null, and it goes by what it is made of. */
  givenName: z.string().nullable().default(null),
});
export type ModelName = z.infer<typeof ModelName>;

/** What made a model, where that is deleted. */
export const DeletedOrigin = z.object({
  project: z.string(),
  run: z.object({ kind: RunKind, number: z.number().int(), name: z.string() }).nullable(),
  labelSet: z.object({ id: Id, sha256: z.string(), judgements: z.number().int() }).nullable(),
  deletedAt: Timestamp,
});
export type DeletedOrigin = z.infer<typeof DeletedOrigin>;

export const ModelVersionView = ModelName.extend({
  projectId: Id.nullable(),
  parentId: Id.nullable(),
  rewardId: Id.nullable(),
  runId: Id.nullable(),
  labelSetId: Id.nullable(),
  parameters: z.number().int(),
  bytes: z.number().int(),
  tokenizerSha256: z.string().nullable(),
  sha256: z.string(),
  metrics: z.record(z.string(), z.unknown()),
  /** What made it, where that was deleted since. */
  deletedOrigin: DeletedOrigin.nullable().default(null),
  /** Of the judgements that it learned from, how many were erased with whoever made them. */
  erased: ErasedSince.nullable().default(null),
  stage: ModelStage.default("candidate"),
  /** Projects in which it is in use. */
  usedIn: z.array(z.object({ id: Id, name: z.string() })).default([]),
  createdAt: Timestamp,
});
export type ModelVersionView = z.infer<typeof ModelVersionView>;

/** From a model back to people: itself, its ancestors and their reward models, each with its run and the labels it read. */
export const LineageView = z.object({
  model: ModelVersionView,
  steps: z.array(
    z.object({
      model: ModelVersionView,
      relation: z.enum(["self", "parent", "reward"]),
      run: RunView.nullable(),
      labelSet: LabelSetView.nullable(),
    }),
  ),
});
export type LineageView = z.infer<typeof LineageView>;

export const Verdict = z.enum(["better", "worse", "no meaningful difference", "not yet known"]);
export type Verdict = z.infer<typeof Verdict>;

/** How prompts of an evaluation of several policies are asked: two answers at a time, or all of them in one ranking. */
export const EvaluationAsk = z.enum(["pairs", "ranking"]);
export type EvaluationAsk = z.infer<typeof EvaluationAsk>;

/** As many as a ranking takes. */
export const mostPolicies = 9;

/** Of several answers of a policy to a prompt, the one that a reward model scores highest. */
const bestOfSamples = z.number().int().min(2).max(16);

export const EvaluationDraft = z.strictObject({
  name: Name.optional(),
  candidateId: Id,
  baselineId: Id,
  /** Further policies, compared with these two and with each other. */
  otherIds: z
    .array(Id)
    .max(mostPolicies - 2)
    .default([]),
  ask: EvaluationAsk.default("pairs"),
  /**
   * The candidate’s answer to each prompt is the best of so many by this reward model; the baseline’s is a single one. The two
   * may then be the same policy. Between two policies alone.
   */
  bestOf: z.strictObject({ samples: bestOfSamples, rewardId: Id }).nullable().default(null),
  prompts: z.number().int().min(5).max(5_000).default(60),
  overlap: z.number().int().min(1).max(20).default(2),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
});
export type EvaluationDraft = z.infer<typeof EvaluationDraft>;

export const EvaluationView = z.object({
  id: Id,
  projectId: Id,
  /** What a person called it; null, and it goes by the two policies that it compares. */
  name: z.string().nullable(),
  /** Null until the run that makes the candidate has published it. */
  candidateId: Id.nullable(),
  candidateName: z.string().nullable(),
  baselineId: Id,
  baselineName: z.string(),
  candidate: ModelName.nullable(),
  baseline: ModelName,
  /** Of several policies, those beside the two: who wins then stands in the project's standing of models, by evaluation. */
  others: z.array(ModelName),
  ask: EvaluationAsk,
  /** What chose the candidate’s answers, and of how many each; null where it gave one. */
  bestOf: z.object({ samples: bestOfSamples, reward: ModelName }).nullable().default(null),
  /** `stopped`: the run that was to write the answers was cancelled or failed. */
  state: z.enum(["generating", "stopped", "judging", "done"]),
  prompts: z.object({
    judged: z.number().int(),
    total: z.number().int(),
    /** How many were asked for: more than `total` where the test split holds fewer. Null for evaluations that did not keep it. */
    asked: z.number().int().nullable(),
    /** How many the test split holds now. */
    available: z.number().int(),
  }),
  /** How many of the prompts that were asked about were deleted since; they are in no figure. */
  deletedPrompts: z.number().int().default(0),
  /** Of its judgements, how many were erased with whoever made them: its figures are of those that are left. */
  erased: ErasedSince.nullable().default(null),
  judgements: z.number().int(),
  /** Judgements of two policies that preferred neither; of several, the standing has them. */
  ties: z.number().int(),
  /** Prompts to which both policies gave the same answer, of several the pairs; they count as ties and nobody is asked. */
  identical: z.number().int(),
  /** Of two policies, the share of wins of the candidate with ties as one half; an anytime-valid confidence sequence over prompt means. */
  winRate: Estimate.nullable(),
  method: z.string(),
  /** Half-width of the band around one half that counts as no meaningful difference. */
  margin: z.number(),
  verdict: Verdict,
  simulated: z.boolean(),
  createdAt: Timestamp,
});
export type EvaluationView = z.infer<typeof EvaluationView>;

/**
 * How a pair came out for the candidate over all its judgements; `open` until it has as many as it needs and none can be
 * undone; `left-out` where all of them are left out.
 */
export const PairOutcome = z.enum(["won", "lost", "tied", "open", "left-out"]);
export type PairOutcome = z.infer<typeof PairOutcome>;

/** One prompt of an evaluation. While it is open nobody is told which answer is whose, nor what others chose. */
export const EvaluationPairView = z.object({
  taskId: Id,
  prompt: z.array(Message),
  answers: z.array(z.object({ text: z.string(), policy: z.enum(["candidate", "baseline"]).nullable() })),
  outcome: PairOutcome,
  judgements: z.array(
    z.object({
      id: Id,
      by: z.string(),
      simulated: z.boolean(),
      chose: z.enum(["candidate", "baseline", "tie", "both-bad"]),
      /** Which of the three degrees of preference; null for a tie. */
      degree: z.enum(["slightly", "plainly", "much"]).nullable(),
    }),
  ),
});
export type EvaluationPairView = z.infer<typeof EvaluationPairView>;

/** Retrain after N new judgements, or by cron (five fields, UTC). */
export const ScheduleDraft = z.strictObject({
  preset: Preset,
  trigger: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("judgements"), every: z.number().int().min(1).max(1_000_000) }),
    z.strictObject({ kind: z.literal("cron"), pattern: z.string().min(9).max(100) }),
  ]),
  /** Whether to train the reward model only or to go the whole round. */
  scope: z.enum(["reward", "round"]).default("reward"),
  enabled: z.boolean().default(true),
  includeSimulated: z.boolean().default(false),
});
export type ScheduleDraft = z.infer<typeof ScheduleDraft>;
export const ScheduleView = z.object({
  id: Id,
  projectId: Id,
  preset: Preset,
  trigger: ScheduleDraft.shape.trigger,
  scope: z.enum(["reward", "round"]),
  enabled: z.boolean(),
  includeSimulated: z.boolean(),
  lastFiredAt: Timestamp.nullable(),
  nextAt: Timestamp.nullable(),
  /** Why it never fires: an earlier version took its pattern, and no set times can be read from it. */
  fault: ProblemIssue.omit({ path: true }).nullable(),
});
export type ScheduleView = z.infer<typeof ScheduleView>;
