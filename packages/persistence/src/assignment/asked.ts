import { MediaRefs, Message, Questions, Split } from "@touchstone/contracts";
import type { JudgedTask } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import type { Annotator } from "./annotator.ts";
import { lostLease } from "./lost-lease.ts";

/** What a lease asks, and of what, as it is shown: the answers to it are checked against this before they are kept. */
export interface Asked {
  readonly questionnaireId: string;
  readonly questions: Questions;
  readonly task: JudgedTask;
}

const Row = z.object({
  questionnaireId: z.uuid(),
  questions: Questions,
  promptId: z.uuid(),
  messages: z.array(Message),
  split: Split,
  completionIds: z.array(z.uuid()),
  texts: z.array(z.string().nullable()),
  media: z.array(MediaRefs.nullable()),
  shownOrder: z.array(z.number()),
});

/**
 * Whether the lease still lives, and by which token, is for whoever writes: an answer that was sent before is met again
 * however the lease has ended.
 *
 * @throws DomainError not_found (no such lease, or not yours).
 */
export async function askedOf(db: Database, who: Annotator, leaseId: string): Promise<Asked> {
  const [row] = await db.$queryRaw<unknown[]>`
    SELECT q.id AS "questionnaireId", q.questions, p.id AS "promptId", p.messages, p.split::text AS split,
      t.completion_ids AS "completionIds", l.shown_order AS "shownOrder",
      ARRAY(SELECT c.text FROM unnest(t.completion_ids) WITH ORDINALITY AS listed (id, place)
        JOIN completion c ON c.id = listed.id ORDER BY listed.place) AS texts,
      ARRAY(SELECT c.media FROM unnest(t.completion_ids) WITH ORDINALITY AS listed (id, place)
        JOIN completion c ON c.id = listed.id ORDER BY listed.place) AS media
    FROM lease l
    JOIN task t ON t.id = l.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    JOIN prompt p ON p.id = t.prompt_id
    WHERE l.id = ${leaseId}::uuid AND l.workspace_id = ${who.workspaceId}::uuid AND l.member_id = ${who.memberId}::uuid`;
  if (row === undefined) {
    throw await lostLease(db, who, leaseId);
  }
  const { questionnaireId, questions, promptId, messages, split, completionIds, texts, media, shownOrder } =
    Row.parse(row);
  const completions = completionIds.map((completionId, place) => ({
    completionId,
    text: texts[place] ?? null,
    media: media[place] ?? undefined,
  }));
  const unjudged = { judgementId: "", annotator: who.memberId };
  return {
    questionnaireId,
    questions,
    task: { ...unjudged, promptId, prompt: messages, split, completions, shownOrder },
  };
}
