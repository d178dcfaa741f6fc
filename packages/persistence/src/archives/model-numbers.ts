import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { refused } from "@touchstone/contracts";
import type pg from "pg";
import { z } from "zod";
import type { OpenedArchive } from "./open.ts";

const Line = z.object({ id: z.uuid(), kind: z.enum(["policy", "reward"]) });

/**
 * Draws numbers for the models of an archive that are not here yet, in the order of the archive. The counter's row is locked
 * for a moment and not for as long as the archive takes; where nothing comes of it, the numbers are nobody's.
 *
 * @returns by the model's id
 * @throws DomainError where a line is no model's
 */
export async function drawModelNumbers(
  pool: pg.Pool,
  workspaceId: string,
  archive: OpenedArchive,
): Promise<Record<string, number>> {
  const models: z.infer<typeof Line>[] = [];
  for await (const line of createInterface({ input: Readable.from(archive.rows("model_version")) })) {
    models.push(readLine(line));
  }
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM model_version WHERE id = ANY ($1)", [
    models.map(({ id }) => id),
  ]);
  const known = new Set(rows.map(({ id }) => id));
  const numbers: Record<string, number> = {};
  for (const { id, kind } of models) {
    if (known.has(id)) continue;
    const drawn = await pool.query<{ number: number }>("SELECT next_number($1, $2) AS number", [workspaceId, kind]);
    numbers[id] = drawn.rows[0]?.number ?? 0;
  }
  return numbers;
}

function readLine(line: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    throw refused("archiveRowUnread", { name: "model_version", detail: "id, kind" });
  }
}
