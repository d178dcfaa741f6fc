import { z } from "zod";
import { Id, Timestamp, text } from "./scalars.ts";

/** A version of a guideline as its reader is to read it: all of it, or what has changed since the one they read last. */
export const GuidelineToRead = z.object({
  version: z.number().int(),
  /** In the reader's language where it was translated, else in the project's own. */
  text: z.string(),
  createdAt: Timestamp,
  /** Whether the reader gets no other task before they have read it. */
  required: z.boolean(),
  /** The version that they read last, in the same language as `text`; null: they have read none. */
  before: z
    .object({
      version: z.number().int(),
      /** Null where it isn't there in that language, so that the two can't be compared. */
      text: z.string().nullable(),
    })
    .nullable(),
});
export type GuidelineToRead = z.infer<typeof GuidelineToRead>;

export const GuidelineReadingDraft = z.strictObject({ version: z.number().int().min(1).max(1_000_000) });

/** Who of those who work in a project has read the guideline in force. */
export const GuidelineReaders = z.object({
  version: z.number().int(),
  /** The newest version that must be read; 0: none. */
  required: z.number().int(),
  read: z.number().int(),
  /** Of those who have worked here. */
  unread: z.number().int(),
  /** Those who have not read it first, then by name; 500 at most. */
  items: z.array(
    z.object({
      member: z.object({ id: Id, name: z.string() }),
      /** The newest that they have read; 0: none. */
      version: z.number().int(),
      /** When; null where it counts as read because they worked under it before readings were kept. */
      readAt: Timestamp.nullable(),
    }),
  ),
});
export type GuidelineReaders = z.infer<typeof GuidelineReaders>;

/** What somebody asks, or answers: something in it can be seen. */
const Said = text(4_000, 1).refine((value) => value === "" || /[^\s\p{Z}\p{Cc}\p{Cf}]/u.test(value), {
  error: "has no visible character",
  params: { code: "blank" },
});

/** Open questions of one person in one project at most. */
export const mostOpenInquiries = 20;

/** A question to the staff, from a task. */
export const InquiryDraft = z.strictObject({
  taskId: Id,
  text: Said,
  /** Made once for each question: sent again, it is the same one. */
  idempotencyKey: z.uuid(),
});
export type InquiryDraft = z.infer<typeof InquiryDraft>;

export const InquiryAnswer = z.object({
  text: z.string(),
  by: z.string(),
  at: Timestamp,
  /** It stands beside the guideline, for everybody who works there. */
  forAll: z.boolean(),
});
export type InquiryAnswer = z.infer<typeof InquiryAnswer>;

/** A question of one's own. */
export const InquiryView = z.object({
  id: Id,
  taskId: Id,
  text: z.string(),
  createdAt: Timestamp,
  answer: InquiryAnswer.nullable(),
  /** Done with, also where there is no answer. */
  done: z.boolean(),
  /** False: there is an answer that its asker has not looked at. */
  seen: z.boolean(),
});
export type InquiryView = z.infer<typeof InquiryView>;

/** A question whose answer is for everybody; nobody is told who asked. */
export const InquiryNote = z.object({ id: Id, text: z.string(), answer: z.string(), at: Timestamp });
export type InquiryNote = z.infer<typeof InquiryNote>;

export const InquiryList = z.object({
  /** One's own, newest first, 50 at most. */
  items: z.array(InquiryView),
  /** Answers that one has not looked at. */
  unseen: z.number().int(),
  /** Newest first, 50 at most. */
  notes: z.array(InquiryNote),
});
export type InquiryList = z.infer<typeof InquiryList>;

export const InquiryAnswerDraft = z.strictObject({ text: Said, forAll: z.boolean().default(false) });
export type InquiryAnswerDraft = z.infer<typeof InquiryAnswerDraft>;
