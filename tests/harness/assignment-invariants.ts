import type { Database } from "@touchstone/persistence";

/** Each of these finds rows that must not exist, whatever was asked, in whatever order, and whatever died meanwhile. */
const forbidden = {
  "a task with more taken slots than its overlap": `
    SELECT t.id FROM task t JOIN lease l ON l.task_id = t.id AND l.state IN ('held', 'judged') AND l.slot > 0
    GROUP BY t.id HAVING count(*) > t.overlap OR max(l.slot) > t.overlap`,
  "a task with more counted judgements than its overlap": `
    SELECT t.id FROM task t JOIN standing_judgement j ON j.task_id = t.id GROUP BY t.id HAVING count(*) > t.overlap`,
  "an annotator with two counted judgements of a task": `
    SELECT j.task_id FROM standing_judgement j GROUP BY j.task_id, j.member_id HAVING count(*) > 1`,
  "a lease that is judged without a counted judgement": `
    SELECT l.id FROM lease l WHERE l.state = 'judged'
    AND NOT EXISTS (SELECT FROM judgement j WHERE j.lease_id = l.id AND j.kind = 'answer' AND NOT j.surplus
      AND j.repeat = (l.slot < 0) AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id))`,
  "a counted judgement whose lease is not judged": `
    SELECT j.id FROM standing_judgement j JOIN lease l ON l.id = j.lease_id WHERE l.state <> 'judged'`,
  "a correction of another lease, task or person, or one that was taken back as if it were none": `
    SELECT j.id FROM judgement j JOIN judgement f ON f.id = j.supersedes_id
    WHERE (j.kind = 'answer' AND (j.lease_id, j.task_id, j.member_id, j.repeat, j.shown_order)
        IS DISTINCT FROM (f.lease_id, f.task_id, f.member_id, f.repeat, f.shown_order))
      OR (j.kind = 'retraction' AND f.supersedes_id IS NOT NULL)`,
  "an open or waiting task without a free slot, or a full one with a free slot": `
    SELECT t.id FROM task t WHERE (t.state = 'full') <> (t.overlap <= (
      SELECT count(*) FROM lease l WHERE l.task_id = t.id AND l.state IN ('held', 'judged') AND l.slot > 0))
      AND t.state IN ('open', 'full', 'waiting')`,
  "a lease whose last journal entry is not its state": `
    SELECT l.id FROM lease l
    LEFT JOIN LATERAL (
      SELECT event FROM journal WHERE lease_id = l.id ORDER BY id DESC LIMIT 1) last ON true
    WHERE coalesce(last.event, 'none') <> ALL (CASE l.state
      WHEN 'held' THEN '{leased,renewed,undone}'::text[]
      -- Kept as surplus because the member had answered on another lease meanwhile.
      WHEN 'expired' THEN '{expired,surplus}'
      WHEN 'released' THEN '{released,surplus}'
      WHEN 'judged' THEN '{judged,corrected}'
      ELSE ARRAY[l.state::text] END)`,
  "a tally that differs from the counted judgements": `
    SELECT y.member_id FROM tally y WHERE y.total <> (
      SELECT count(*) FROM standing_judgement j WHERE j.member_id = y.member_id AND j.project_id = y.project_id)`,
  "a tally of repeats that differs from what was judged again": `
    SELECT y.member_id FROM tally y WHERE y.repeats <> (
      SELECT count(*) FROM judgement j WHERE j.member_id = y.member_id AND j.project_id = y.project_id AND j.repeat
        AND j.kind = 'answer' AND NOT j.surplus AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id))`,
  "a repeat of what its annotator has not judged, or a second one": `
    SELECT r.id FROM lease r WHERE r.slot < 0 AND r.state IN ('held', 'judged') AND NOT EXISTS (
      SELECT FROM judgement j WHERE j.member_id = r.member_id AND j.task_id = r.task_id AND NOT j.repeat)
    UNION ALL
    SELECT min(r.id::text)::uuid FROM lease r WHERE r.slot < 0 AND r.state IN ('held', 'judged', 'skipped', 'surplus')
    GROUP BY r.member_id, r.task_id HAVING count(*) > 1`,
  "an open task of a batch that is paused or has ended": `
    SELECT t.id FROM task t JOIN batch b ON b.project_id = t.project_id AND b.number = t.batch
    WHERE b.state <> 'open' AND t.state = 'open'`,
  "a task that waits with a batch that is not paused": `
    SELECT t.id FROM task t JOIN batch b ON b.project_id = t.project_id AND b.number = t.batch
    WHERE b.state <> 'paused' AND t.state = 'waiting'`,
  "a tally of skips that differs from the skipped leases": `
    SELECT l.member_id FROM lease l
    LEFT JOIN tally y ON y.member_id = l.member_id AND y.project_id = l.project_id
    GROUP BY l.member_id, l.project_id, y.skipped
    HAVING coalesce(y.skipped, 0) <> count(*) FILTER (WHERE l.state = 'skipped')`,
};

/** Only where no API drains the outbox meanwhile. */
const unannounced = {
  "a judgement that nobody was promised to hear of": `
    SELECT j.id FROM judgement j WHERE NOT EXISTS (
      SELECT FROM outbox o WHERE o.topic = 'judged' AND o.key = j.project_id::text)`,
};

/** The names of the guarantees that are broken; empty when all hold. */
export async function brokenInvariants(db: Database, { outboxDrained = false } = {}): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, query] of Object.entries({ ...forbidden, ...(outboxDrained ? {} : unannounced) })) {
    const rows = await db.$queryRawUnsafe<unknown[]>(query);
    if (rows.length > 0) broken.push(`${name}: ${rows.length}`);
  }
  return broken;
}
