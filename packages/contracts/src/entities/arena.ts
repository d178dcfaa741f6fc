import { z } from "zod";
import { Problem } from "../problem.ts";
import { ModelName } from "./learning.ts";
import { Id, PageQuery, Timestamp, text } from "./scalars.ts";

/** Policies of one arena: more hardly ever meet. */
export const mostArenaModels = 20;
/** The longest prompt that an arena may allow, and what it may allow of turns. */
const longestPrompt = 20_000;
const mostTurns = 20;
const longestReason = 2_000;

/** Whether and how annotators of a project talk to two of its policies at once, without knowing which. */
export const ArenaSettings = z.strictObject({
  on: z.boolean(),
  modelIds: z
    .array(Id)
    .max(mostArenaModels)
    .refine((ids) => new Set(ids).size === ids.length, { error: "names a policy twice" })
    .describe("Policies that take part; two at least where it is on"),
  maxNewTokens: z.number().int().min(1).max(4_096).default(256).describe("The longest answer, in tokens"),
  temperature: z.number().min(0).max(2).default(0.8),
  topP: z.number().gt(0).max(1).default(1),
  mostTurns: z.number().int().min(1).max(mostTurns).default(5).describe("Prompts of one battle at most"),
  battlesADay: z.number().int().min(1).max(10_000).default(50).describe("Of one member, a day of UTC"),
  projectBattlesADay: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe("Of all members together; null: without a limit"),
  promptCharacters: z.number().int().min(1).max(longestPrompt).default(4_000),
  messagesAMinute: z.number().int().min(1).max(60).default(10),
});
export type ArenaSettings = z.infer<typeof ArenaSettings>;

/** The same with what its policies are called; `archived` ones take part in no new battle. */
export const ArenaSettingsView = ArenaSettings.extend({
  models: z.array(ModelName.extend({ archived: z.boolean() })),
});
export type ArenaSettingsView = z.infer<typeof ArenaSettingsView>;

export const ArenaChoice = z.enum(["a", "b", "tie", "both-bad"]);
export type ArenaChoice = z.infer<typeof ArenaChoice>;
export const BattleState = z.enum(["open", "voted", "abandoned", "withdrawn"]);
export type BattleState = z.infer<typeof BattleState>;

/** A policy as it is told after the vote: what it is called, with its version. */
const RevealedModel = z.object({ name: z.string(), number: z.number().int() });

/**
 * A battle as its annotator sees it. Before the vote nothing of it depends on which policies these are but their answers
 * themselves, and these come together: as long as one is not whole, neither is here.
 */
export const ArenaBattleView = z.object({
  id: Id,
  projectId: Id,
  state: BattleState,
  turns: z.array(
    z.object({
      number: z.number().int(),
      text: z.string(),
      answers: z.object({ a: z.string(), b: z.string() }).nullable(),
    }),
  ),
  mostTurns: z.number().int(),
  createdAt: Timestamp,
  /** Null before the vote. */
  told: z
    .object({
      a: RevealedModel,
      b: RevealedModel,
      choice: ArenaChoice,
      reason: z.string(),
      /** Names that an answer has said of itself: such a vote is no judgement. */
      selfNamed: z.array(z.string()),
      counted: z.boolean(),
    })
    .nullable(),
});
export type ArenaBattleView = z.infer<typeof ArenaBattleView>;

/** The arena of a project as an annotator finds it. */
export const ArenaView = z.object({
  projectId: Id,
  name: z.string(),
  limits: z.object({
    mostTurns: z.number().int(),
    promptCharacters: z.number().int(),
    battlesADay: z.number().int(),
    messagesAMinute: z.number().int(),
  }),
  /** Battles that this member can begin today. */
  left: z.number().int(),
  /** The one that is open. */
  battle: ArenaBattleView.nullable(),
});
export type ArenaView = z.infer<typeof ArenaView>;

/** Somebody's words: at least one character of them can be seen. */
const Words = text(longestPrompt, 1).refine((value) => value === "" || /[^\s\p{Z}\p{Cc}\p{Cf}]/u.test(value), {
  error: "has no visible character",
  params: { code: "blank" },
});

export const NewBattle = z.strictObject({ idempotencyKey: Id, text: Words });
/** `number` says which turn it is to be, so that sending it twice is sending it once. */
export const NewTurn = z.strictObject({ number: z.number().int().min(2).max(mostTurns), text: Words });
export const TurnRef = z.strictObject({ number: z.number().int().min(1).max(mostTurns) });
export const ArenaVote = z.strictObject({ choice: ArenaChoice, reason: text(longestReason).default("") });
export type ArenaVote = z.infer<typeof ArenaVote>;
/** `withdrawn`: what was written and answered goes; `abandoned`: it stays, and is no judgement. */
export const BattleEnd = z.strictObject({ how: z.enum(["abandoned", "withdrawn"]) });

/** What comes of both answers while they are written: always of both at once, and in pieces that are cut for both alike. */
export const ArenaNews = z.discriminatedUnion("type", [
  z.object({ type: z.literal("said"), a: z.string(), b: z.string() }),
  z.object({ type: z.literal("whole") }),
  z.object({ type: z.literal("failed"), problem: Problem }),
]);
export type ArenaNews = z.infer<typeof ArenaNews>;

export const BattleQuery = PageQuery.extend({ state: BattleState.optional() });
export type BattleQuery = z.infer<typeof BattleQuery>;

/** A battle as the staff sees it; of one that may still be voted on, not which policies it is of. */
export const ArenaBattleRow = z.object({
  id: Id,
  state: BattleState,
  person: z.string(),
  excerpt: z.string(),
  turns: z.number().int(),
  a: RevealedModel.nullable(),
  b: RevealedModel.nullable(),
  choice: ArenaChoice.nullable(),
  reason: z.string(),
  notCounted: z.enum(["selfNamed"]).nullable(),
  taskId: Id.nullable(),
  createdAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type ArenaBattleRow = z.infer<typeof ArenaBattleRow>;
