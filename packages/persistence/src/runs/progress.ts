import type { RunAlert, RunEngine } from "@touchstone/contracts";
import type { z } from "zod";
import type { Database, Transaction } from "../client.ts";
import { type Fence, FencedOffError, holdFence } from "./fencing.ts";

export interface Progress {
  step: number;
  totalSteps: number | null;
  secondsLeft: number | null;
}

/** Points of one step; a resumed run writes a step again and the last one stands. */
export async function writeMetrics(
  db: Database,
  workspaceId: string,
  fence: Fence,
  points: { step: number; name: string; value: number }[],
  progress: Progress,
): Promise<void> {
  // A metric that is not a number cannot be drawn; the trainer's alert says what happened instead.
  const finite = points.filter((point) => Number.isFinite(point.value));
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.run.update({ where: { id: fence.runId }, data: { ...progress } });
    await tx.$executeRaw`
      INSERT INTO metric (workspace_id, run_id, name, step, value)
      SELECT ${workspaceId}::uuid, ${fence.runId}::uuid, name, step, value
      FROM unnest(${finite.map((p) => p.name)}::text[], ${finite.map((p) => p.step)}::int[], ${finite.map((p) => p.value)}::float8[])
        AS point (name, step, value)
      ON CONFLICT (run_id, name, step) DO UPDATE SET value = excluded.value, at = excluded.at`;
  });
}

/**
 * One step more of a run whose steps can't be done again, in the transaction of what the step did: whoever goes on after its
 * worker's death goes on from exactly there.
 *
 * @throws FencedOffError
 */
export async function countStep(tx: Transaction, fence: Fence): Promise<void> {
  const counted = await tx.$executeRaw`
    UPDATE run SET step = step + 1
    WHERE id = ${fence.runId}::uuid AND fencing_token = ${fence.token} AND state = 'running'`;
  if (counted === 0) throw new FencedOffError(`run ${fence.runId} is no longer this worker's`);
}

/** Steps after the checkpoint come again after a resume, so what the dead worker drew and said of them goes. */
export async function dropProgressAfter(db: Database, fence: Fence, step: number): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.metric.deleteMany({ where: { runId: fence.runId, step: { gt: step } } });
    await tx.$executeRaw`
      UPDATE run SET alerts = (
        SELECT coalesce(jsonb_agg(alert ORDER BY place), '[]')
        FROM jsonb_array_elements(alerts) WITH ORDINALITY AS one (alert, place) WHERE (alert ->> 'step')::int <= ${step})
      WHERE id = ${fence.runId}::uuid`;
  });
}

export async function setEngine(db: Database, fence: Fence, engine: RunEngine): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.run.update({ where: { id: fence.runId }, data: { engine } });
  });
}

/** Something the run has to say, pinned to the step where it arose. Said once: a resumed run says again what it said before. */
export async function addAlert(db: Database, fence: Fence, alert: z.input<typeof RunAlert>): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    // As text: the adapter would make a Postgres array of an array.
    await tx.$executeRaw`
      UPDATE run SET alerts = alerts || ${JSON.stringify([alert])}::jsonb
      WHERE id = ${fence.runId}::uuid AND NOT alerts @> ${JSON.stringify([{ message: alert.message }])}::jsonb`;
  });
}
