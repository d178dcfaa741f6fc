import { z } from "zod";
import { Id, Timestamp } from "./scalars.ts";

/** A lot of tasks that has all the judgements it wants: of an import, or of a batch where no import brought them. */
export const NoticeView = z.object({
  id: Id,
  projectId: Id,
  project: z.string(),
  batch: z.number().int(),
  /** The file that brought the tasks, where it has a name; null too where none brought them. */
  fileName: z.string().nullable(),
  tasks: z.number().int(),
  judgements: z.number().int(),
  /** The host of a webhook that was switched off, as it took nothing for days or said that it is gone; else it is about a lot. */
  webhookHost: z.string().nullable(),
  /** Whether whoever asks has seen it. */
  read: z.boolean(),
  createdAt: Timestamp,
});
export type NoticeView = z.infer<typeof NoticeView>;

/** The latest, newest first. */
export const NoticeList = z.object({ items: z.array(NoticeView), unread: z.number().int() });
export type NoticeList = z.infer<typeof NoticeList>;
