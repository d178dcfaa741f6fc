import type { ExportFormat, QuestionKind } from "@touchstone/contracts";
import { type Wanted, whileWanted } from "../cancel-when-gone.ts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { readJudgementsBy } from "../label-sets/read-judgements.ts";
import { assertProject } from "../projects/queries.ts";
import { type ExportRows, exportRows } from "./export-rows.ts";

/** So many prompts' judgements show what rows look like; of each prompt all, so that its best-liked answer is the real one. */
const sampledPrompts = 20;
/** Judgements read at a time: a few rows are shown, and of one prompt there may be thousands. */
const batchSize = 20;
/** Choosing the prompts looks at all judgements of a project; Prisma would otherwise end it after five seconds. */
const timeoutMs = 5 * 60_000;

/**
 * The rows of an export that come of the prompts judged first, read now: nothing is frozen.
 *
 * @param wanted where somebody waits for them: the statement under way is cancelled once nobody does any more.
 * @throws DomainError not_found.
 */
export async function sampleExport(
  db: Database,
  scope: { workspaceId: string; projectId: string; includeSimulated: boolean },
  format: ExportFormat,
  wanted?: Wanted,
): Promise<ExportRows> {
  const { workspaceId, projectId, includeSimulated } = scope;
  await assertProject(db, workspaceId, projectId);
  const counting = Prisma.sql`effective_judgement e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.project_id = ${projectId}::uuid
      AND (${includeSimulated} OR e.source <> 'simulated')`;
  const choose = Prisma.sql`
    SELECT e.prompt_id AS id FROM ${counting} AND ${askedBy(format)}
    GROUP BY e.prompt_id ORDER BY min(e.id::text) LIMIT ${sampledPrompts}`;
  const prompts = await db.$transaction((tx) => whileWanted(tx, wanted, () => tx.$queryRaw<{ id: string }[]>(choose)), {
    timeout: timeoutMs,
  });
  const promptIds = prompts.map(({ id }) => id);
  const nextIds = (after: string, size: number) => Prisma.sql`
    SELECT e.id FROM ${counting} AND e.prompt_id = ANY (${promptIds}::uuid[]) AND e.id > ${after}::uuid
    ORDER BY e.id LIMIT ${size}`;
  // A best-liked answer is known once all were read, which is faster in large batches.
  const size = format === "sft-messages" ? undefined : batchSize;
  const all = () => readJudgementsBy(db, nextIds, size);
  async function* byPrompts() {
    yield all();
  }
  return exportRows(db, scope, { all, byPrompts }, wanted?.signal);
}

/** Which judgements a format has rows of. */
function askedBy(format: ExportFormat): Prisma.Sql {
  switch (format) {
    case "trl-preference":
    case "trl-preference-plain":
    case "rankings":
    case "kto-pairs":
    case "hh":
    case "openrlhf":
    case "llama-factory-sharegpt":
    case "llama-factory-alpaca":
    case "ms-swift":
    case "nemo-rl":
    case "openai-preference":
    case "label-studio":
      return Prisma.sql`(${asks("preference")} OR ${asks("ranking")} OR ${asks("best-worst")} OR ${asks("correction")})`;
    case "ratings":
    case "kto-ratings":
      return Prisma.sql`(${asks("rating")} OR ${asks("aspects")})`;
    case "stepwise":
      return asks("steps");
    case "sft-messages":
    case "prompt-only":
    case "verl":
    case "judgements":
      return Prisma.sql`true`;
  }
}

function asks(kind: QuestionKind): Prisma.Sql {
  return Prisma.sql`e.questions @> ${JSON.stringify([{ kind }])}::jsonb`;
}
