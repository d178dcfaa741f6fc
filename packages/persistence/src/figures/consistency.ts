import { type Consistency, Questions } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { measured } from "./agreement.ts";

/** The figure is live, so its cost must not grow with the project: it speaks of the latest repeats. */
const latestRepeats = 2_000;

const Said = z.object({ answer: z.unknown(), shownOrder: z.array(z.number()) });
const Row = z.object({
  leftOut: z.boolean(),
  memberId: z.uuid(),
  taskId: z.uuid(),
  questions: Questions,
  completionIds: z.array(z.string()),
  first: Said,
  again: Said,
});

export interface Consistencies {
  readonly all: Consistency | null;
  readonly byMember: ReadonlyMap<string, Consistency>;
}

/**
 * How often people said the same of a task that came to them again, turned: what each answer measures is compared in
 * canonical order, by question. What was undone or replaced, on either side, is not compared. What is left out is in the
 * figure of its author and not in that of all.
 *
 * @param memberId whose alone are looked at
 */
export async function consistencyOf(db: Database, projectId: string, memberId?: string): Promise<Consistencies> {
  const ofMember = memberId === undefined ? Prisma.empty : Prisma.sql`AND j.member_id = ${memberId}::uuid`;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT EXISTS (
        SELECT FROM left_out o WHERE o.judgement_id IN (e.id, r.id) OR o.task_id = r.task_id
          OR (o.project_id = e.project_id AND o.member_id = r.member_id)) AS "leftOut",
      r.member_id AS "memberId", r.task_id AS "taskId", e.questions, e.completion_ids AS "completionIds",
      jsonb_build_object('answer', e.answer, 'shownOrder', e.shown_order) AS first,
      jsonb_build_object('answer', r.answer, 'shownOrder', r.shown_order) AS again
    FROM (
      SELECT j.* FROM judgement j
      WHERE j.project_id = ${projectId}::uuid AND j.repeat AND j.kind = 'answer' AND NOT j.surplus AND j.source = 'person' ${ofMember}
        AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id)
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${latestRepeats}::int) r
    JOIN standing_judgement e ON e.task_id = r.task_id AND e.member_id = r.member_id`;
  const byMember = new Map<string, Consistency>();
  let all: Consistency = { same: 0, repeats: 0 };
  for (const row of z.array(Row).parse(rows)) {
    const added = ({ same, repeats }: Consistency) => ({ same: same + Number(saysTheSame(row)), repeats: repeats + 1 });
    byMember.set(row.memberId, added(byMember.get(row.memberId) ?? { same: 0, repeats: 0 }));
    if (!row.leftOut) all = added(all);
  }
  return { all: all.repeats > 0 ? all : null, byMember };
}

/** Answers that measure nothing that people are compared by, such as free text, are the same only letter by letter. */
function saysTheSame({ first, again, ...task }: z.infer<typeof Row>): boolean {
  const [before, after] = [first, again].map((said) => measured({ ...task, ...said }));
  if (before?.length === 0 && after?.length === 0) return JSON.stringify(first.answer) === JSON.stringify(again.answer);
  return valuesOf(before) === valuesOf(after);
}

const valuesOf = (measurements: ReturnType<typeof measured> | undefined): string =>
  JSON.stringify(measurements?.map(({ unit, value }) => [unit, value]).sort());
