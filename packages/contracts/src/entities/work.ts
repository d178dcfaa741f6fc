import { z } from "zod";
import { MediaRefs } from "../media.ts";
import { Message } from "../messages.ts";
import { Answer, Answers, Questions } from "../questions/question.ts";
import { InquiryAnswer } from "./guidance.ts";
import { LeftOutMark } from "./left-out-mark.ts";
import { MemberKind } from "./people.ts";
import { Consistency, Haste } from "./projects.ts";
import { Id, PageQuery, Timestamp, text } from "./scalars.ts";
import { skipReasons } from "./skip-reasons.ts";

/** Milliseconds on the person's own clock; honest timing flags decisions, it never blocks them. */
export const Timings = z.strictObject({
  visibleMs: z.number().int().min(0).max(86_400_000),
  activeMs: z.number().int().min(0).max(86_400_000),
  firstScrollMs: z.number().int().min(0).max(86_400_000).nullable().default(null),
});
export type Timings = z.infer<typeof Timings>;

/**
 * One side as the annotator sees it: never a model's name. `text` is null for votes imported without their answers, and
 * where pictures or sounds are all of the answer.
 */
export const ShownCompletion = z.object({ id: Id, text: z.string().nullable(), media: MediaRefs.optional() });

/** What was said about a task beside its answer. */
export const TaskNote = z.object({ flagged: z.boolean(), comment: z.string() });
export type TaskNote = z.infer<typeof TaskNote>;

/** What a member has done in one project: counted judgements of today and of all days, and tasks skipped. */
export const ProjectTally = z.object({
  today: z.number().int(),
  total: z.number().int(),
  skipped: z.number().int(),
});
export type ProjectTally = z.infer<typeof ProjectTally>;

/**
 * A leased task. `completions` stand in the order shown, which was drawn at random and recorded with the lease; there are
 * none where an answer is to be written.
 */
export const LeasedTask = z.object({
  lease: z.object({ id: Id, token: z.string(), expiresAt: Timestamp, leaseSeconds: z.number().int() }),
  taskId: Id,
  projectId: Id,
  questionnaireId: Id,
  questions: Questions,
  prompt: z.object({
    id: Id,
    messages: z.array(Message),
    language: z.string().nullable(),
    sourceText: z.string().nullable(),
  }),
  completions: z.array(ShownCompletion),
  /** Whether all of it stays blurred until the person reveals it, as the project says and its prompt is marked. */
  blurred: z.boolean().optional(),
  guidelineVersion: z.number().int(),
  /** The answers that were undone, when this lease was reopened by an undo. */
  previousAnswers: Answers.nullable(),
  /** What a task of one standard question was called by pages of before; they are open somewhere, and read these two. */
  question: z.object({ id: Id, kind: z.string(), title: z.string() }).nullable().optional(),
  previous: Answer.nullable().optional(),
  /** What had been said about it before the undo of a judgement or of a skip brought it back. */
  note: TaskNote.nullable().default(null),
});
export type LeasedTask = z.infer<typeof LeasedTask>;

/**
 * What keeps an annotator from another task of a project, where more are left than they can get now. None of these: nothing
 * is left for them.
 */
export const Wait = z.discriminatedUnion("for", [
  /** The project is paused, or has ended. */
  z.object({ for: z.enum(["project", "ended"]) }),
  /** So many judgements a day; the day ends at `until`. */
  z.object({ for: z.literal("day"), limit: z.number().int(), until: Timestamp }),
  /** So many tasks of this project are one person's share. */
  z.object({ for: z.literal("share"), limit: z.number().int() }),
  /** So many tasks may be held at once. */
  z.object({ for: z.literal("parallel"), limit: z.number().int() }),
  /** Others hold so many (counted up to 1,000), the first of which comes free at `until` unless it is judged. */
  z.object({ for: z.literal("others"), tasks: z.number().int(), until: Timestamp }),
  /** So many are of batches that are paused. */
  z.object({ for: z.literal("batch"), tasks: z.number().int() }),
  /** Others are in languages that this annotator does not say they read. */
  z.object({ for: z.literal("language"), languages: z.array(z.string()) }),
  /** One has come free this moment: ask again. */
  z.object({ for: z.literal("claimable") }),
]);
export type Wait = z.infer<typeof Wait>;

export const ClaimRequest = z.strictObject({ count: z.number().int().min(1).max(2).default(2) });

export const JudgementSubmission = z.strictObject({
  leaseId: Id,
  leaseToken: z.string().min(16).max(100),
  /** Made by the client when the key is pressed; the same key with the same body is answered with the same judgement. */
  idempotencyKey: z.uuid(),
  /** Of a task that asks one question; pages of an earlier version know no other. */
  answer: Answer.optional(),
  answers: Answers.optional(),
  timings: Timings,
  flagged: z.boolean().default(false),
  comment: text(5_000).default(""),
  client: z.strictObject({
    locale: z.string().max(20),
    viewport: z.string().max(20),
    input: z.enum(["keyboard", "pointer", "touch", "api"]),
  }),
});
export type JudgementSubmission = z.infer<typeof JudgementSubmission>;

export const JudgementReceipt = z.object({
  judgementId: Id,
  /** True when the lease had expired and the slot was taken: kept, but outside the cap. */
  surplus: z.boolean(),
  /** False when this answer repeats an earlier acknowledgement. */
  created: z.boolean(),
  /** The next task, claimed in the same transaction; null when none is left for this annotator. */
  next: LeasedTask.nullable(),
  /** Counted judgements of this member today, by the database's clock, over all projects. */
  today: z.number().int(),
  /** The same of this project alone. */
  here: ProjectTally.optional(),
});
export type JudgementReceipt = z.infer<typeof JudgementReceipt>;

/** Another answer in the place of one's own: what a judgement brings, but for its lease. */
export const CorrectionSubmission = JudgementSubmission.omit({ leaseId: true, leaseToken: true });
export type CorrectionSubmission = z.infer<typeof CorrectionSubmission>;

export const CorrectionReceipt = z.object({
  /** Of the judgement that counts now. */
  judgementId: Id,
  /** False when this repeats an earlier acknowledgement. */
  created: z.boolean(),
});
export type CorrectionReceipt = z.infer<typeof CorrectionReceipt>;

/**
 * Why somebody's own answer can't be corrected: it was taken back, or corrected already; it came too late to count; its
 * project can only be read, or has ended; or it has been told whose the answers of its blind pair are.
 */
export const CorrectionBar = z.enum(["taken_back", "corrected", "surplus", "archived", "ended", "told"]);
export type CorrectionBar = z.infer<typeof CorrectionBar>;

/** One of the last answers of whoever asks, as it stands: where it was corrected, the newest alone. */
export const OwnAnswer = z.object({
  id: Id,
  taskId: Id,
  /** Whether its task stays blurred until the person reveals it. */
  blurred: z.boolean(),
  /** The beginning of what was asked last. */
  excerpt: z.string(),
  language: z.string().nullable(),
  questions: Questions,
  answers: Answers,
  flagged: z.boolean(),
  commented: z.boolean(),
  corrected: z.boolean(),
  /** Whether the correction can be taken back now. */
  undoable: z.boolean(),
  /** Null where it can be corrected. */
  bar: CorrectionBar.nullable(),
  createdAt: Timestamp,
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

/** An answer of one's own with its task as it was shown. */
export const OwnTask = LeasedTask.omit({
  lease: true,
  previousAnswers: true,
  question: true,
  previous: true,
  note: true,
}).extend({
  /** Of the answer that stands: where the one asked for was corrected, of what it became. */
  id: Id,
  leaseId: Id,
  answers: Answers,
  note: TaskNote,
  bar: CorrectionBar.nullable(),
  createdAt: Timestamp,
});
export type OwnTask = z.infer<typeof OwnTask>;

export const LeaseRef = z.strictObject({ leaseToken: z.string().min(16).max(100) });

export const SkipReason = z.enum(skipReasons);
export type SkipReason = z.infer<typeof SkipReason>;

/** A task that the person has skipped, and has not taken back. */
export const OwnSkip = OwnAnswer.pick({
  taskId: true,
  blurred: true,
  excerpt: true,
  language: true,
  flagged: true,
  commented: true,
  createdAt: true,
}).extend({
  /** Of the lease: by it the skip is taken back. */
  id: Id,
  reason: SkipReason.nullable(),
  /** Whether it can be taken back now, unless enough others have taken the task. */
  undoable: z.boolean(),
});
export type OwnSkip = z.infer<typeof OwnSkip>;

/** A skip with what was said about the task. Sent again it adds its reason, and takes nothing away. */
export const SkipRequest = LeaseRef.extend({
  flagged: z.boolean().default(false),
  comment: text(5_000).default(""),
  reason: SkipReason.nullable().default(null),
});
export type SkipRequest = z.infer<typeof SkipRequest>;

/** An annotator's home: where there is work for them. */
export const WorkItem = z.object({
  projectId: Id,
  name: z.string(),
  description: z.string(),
  /** Open tasks that this member has not met; counted up to 1,000. */
  available: z.number().int(),
  /** The same with those leased to this member now, so that looking at a task changes nothing. */
  waiting: z.number().int().optional(),
  today: z.number().int(),
  total: z.number().int(),
  skipped: z.number().int().optional(),
  /** Nothing is handed out for now, whatever is open. */
  paused: z.boolean().optional(),
  /** Where nothing can be had now: why, as a claim would say it. */
  waits: z.array(Wait).optional(),
  /** The next date by which this project, or a batch of it that has open tasks, is wanted. */
  dueAt: Timestamp.nullable().optional(),
});
export type WorkItem = z.infer<typeof WorkItem>;

/** Somebody's own figures in a project, which are shown to them alone and stand beside nobody else's. */
export const OwnDay = z.object({
  /** Counted today (UTC). */
  judgements: z.number().int(),
  /** That the latest tasks of today were in sight, in the median. */
  medianSeconds: z.number().nullable(),
  haste: Haste,
  /** Over all days; null where none has come again yet. */
  consistency: Consistency.nullable(),
});
export type OwnDay = z.infer<typeof OwnDay>;

/** Which judgements of a project: those that one of its figures counts, say. Without a field, all of them. */
export const JudgementFilter = z.strictObject({
  state: z.enum(["counted", "surplus", "retracted"]).optional(),
  source: MemberKind.optional(),
  member: Id.optional(),
  /** Of so many hours up to now. */
  hours: z.coerce.number().int().min(1).max(8_760).optional(),
});
export type JudgementFilter = z.infer<typeof JudgementFilter>;

export const JudgementView = z.object({
  id: Id,
  kind: z.enum(["answer", "retraction"]),
  state: z.enum(["counted", "superseded", "retracted", "surplus"]),
  /** It stands and does not count: it is left out of exports, figures and training. An API of before says nothing of it. */
  leftOut: LeftOutMark.nullable().default(null),
  projectId: Id,
  taskId: Id,
  questions: Questions,
  member: z.object({ id: Id, name: z.string(), kind: MemberKind }),
  answers: Answers.nullable(),
  shownOrder: z.array(z.number().int()),
  timings: Timings.nullable(),
  flagged: z.boolean(),
  comment: z.string(),
  guidelineVersion: z.number().int(),
  prompt: z.object({ id: Id, messages: z.array(Message) }),
  /** Whether its project has the task hidden until whoever looks reveals it. An API of before says nothing of it. */
  blurred: z.boolean().default(false),
  completions: z.array(ShownCompletion.extend({ modelVersionId: Id.nullable() })),
  createdAt: Timestamp,
});
export type JudgementView = z.infer<typeof JudgementView>;

/** A task that was passed by, as it was shown, with what was said about it then. */
export const SkipView = JudgementView.pick({
  id: true,
  projectId: true,
  taskId: true,
  questions: true,
  member: true,
  shownOrder: true,
  flagged: true,
  comment: true,
  guidelineVersion: true,
  prompt: true,
  blurred: true,
  completions: true,
  createdAt: true,
}).extend({ reason: SkipReason.nullable() });
export type SkipView = z.infer<typeof SkipView>;

/** What somebody has left at the desk: a skip, a judgement with a flag or a comment, or a question. */
export const RemarkView = z.object({
  /** Of the judgement or of the skip. */
  id: Id,
  kind: z.enum(["judgement", "skip", "question"]),
  taskId: Id,
  member: JudgementView.shape.member,
  questions: Questions,
  /** Null of a skip and of a question. */
  answers: Answers.nullable(),
  reason: SkipReason.nullable(),
  flagged: z.boolean(),
  /** Of a question, what is asked. */
  comment: z.string(),
  prompt: z.array(Message),
  /** Whether the prompt is hidden until whoever looks reveals it. */
  blurred: z.boolean(),
  createdAt: Timestamp,
  /** Somebody of the staff has said so. */
  done: z.boolean().optional(),
  /** Of a question that was answered. */
  answer: InquiryAnswer.nullable().optional(),
});
export type RemarkView = z.infer<typeof RemarkView>;

/** As many of each kind are looked at, the newest first, and as many are counted: a number beside a word needs no more. */
export const mostRemarksCounted = 500;

/** What waits in an inbox. */
export const OpenRemarks = z.object({
  questions: z.number().int().min(0).max(mostRemarksCounted),
  /** Judgements and skips that were flagged. */
  flags: z
    .number()
    .int()
    .min(0)
    .max(2 * mostRemarksCounted),
});
export type OpenRemarks = z.infer<typeof OpenRemarks>;

export const RemarkQuery = PageQuery.extend({
  /** Whether skips without a flag, a comment or a reason are listed too. */
  silentSkips: z.enum(["true", "false"]).default("false"),
  /** Without it skips and judgements; questions are asked for by name, or with the others as `all`. */
  kind: z.enum(["all", "question", "judgement", "skip"]).optional(),
  /** Without it both. */
  state: z.enum(["open", "done"]).optional(),
});
export type RemarkQuery = z.infer<typeof RemarkQuery>;
