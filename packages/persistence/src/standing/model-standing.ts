import {
  type ModelStandingView,
  type OpenEstimate,
  refused,
  type StandingModel,
  type StandingQuery,
} from "@touchstone/contracts";
import { type Interval, type ModelStanding, modelStanding } from "@touchstone/labeling";
import type pg from "pg";
import { z } from "zod";
import type { Database } from "../client.ts";
import { modelNameSelect, toModelName } from "../models/view.ts";
import { assertProject } from "../projects/queries.ts";
import { orderingQuestionnaires, type Scope } from "./counted-judgements.ts";
import { equalPairs } from "./equal-pairs.ts";
import { mostJudgements, type ReadComparisons, readComparisons } from "./read-comparisons.ts";

/** More than a table is read for; their number squared is what the matrix has. */
const mostModels = 100;
const mostSlices = 20;

/**
 * How the models stand by what was preferred, of the judgements that count and fit a query. A model is the version that wrote
 * the answer, else the name that the answer's import has for it, in small letters.
 *
 * @param most how many judgements are read before an even sample of prompts is.
 * @throws DomainError not_found; conflict where answers name more models than a table can hold.
 */
export async function getModelStanding(
  { db, pool }: { readonly db: Database; readonly pool: pg.Pool },
  scope: Scope,
  query: StandingQuery,
  most = mostJudgements,
): Promise<ModelStandingView> {
  await assertProject(db, scope.workspaceId, scope.projectId);
  const questionnaires = await orderingQuestionnaires(db, scope.projectId, query);
  const read = await readComparisons(pool, scope, query, questionnaires, most);
  const equal = await equalPairs(db, scope, query);
  const compared = [...read.all.comparisons.all(), ...equal];
  const names = new Set(compared.flatMap(({ a, b }) => [a, b]));
  if (names.size > mostModels) throw refused("tooManyModels", { count: names.size, limit: mostModels });
  const standing = modelStanding(compared, query);
  return {
    projectId: scope.projectId,
    models: await named(db, scope.workspaceId, [...names].sort(), read),
    groups: groupsOf(standing),
    position: standing.position,
    tie: standing.tie === null ? null : shareOfTies(standing.tie),
    pairs: standing.pairs.map((pair) => ({ ...pair })),
    prompts: standing.prompts,
    judgements: read.all.judgements,
    comparisons: standing.judgements,
    left: read.left,
    equal: equal.length,
    sampled: read.sampled,
    slices: query.by === undefined ? null : slicesOf(read, query),
  };
}

const groupsOf = ({ groups }: ModelStanding): StandingModel[][] =>
  groups.map((group) =>
    group.map(({ judgements, ...one }) => ({
      ...one,
      comparisons: judgements,
      preferred: through(one.strength, (value) => 1 / (1 + Math.exp(-value))),
    })),
  );

/** ν/(ν + 2) of Davidson's ν, from its logarithm. */
const shareOfTies = (tie: Interval): OpenEstimate => through(tie, (value) => 1 / (1 + 2 * Math.exp(-value)));

/** A value and the ends of its interval by a function that rises. */
function through({ value, low, high }: Interval, rising: (value: number) => number): OpenEstimate {
  const end = (one: number | null) => (one === null ? null : rising(one));
  return { value: rising(value), low: end(low), high: end(high) };
}

function slicesOf({ slices }: ReadComparisons, { ties }: StandingQuery): NonNullable<ModelStandingView["slices"]> {
  const most = [...slices].sort(([, one], [, other]) => other.judgements - one.judgements);
  return {
    items: most.slice(0, mostSlices).map(([value, { comparisons, judgements, prompts }]) => ({
      value,
      judgements,
      prompts: prompts.size,
      groups: groupsOf(modelStanding(comparisons.all(), { ties })),
    })),
    more: Math.max(0, most.length - mostSlices),
  };
}

const VersionId = z.uuid();

async function named(
  db: Database,
  workspaceId: string,
  models: readonly string[],
  read: ReadComparisons,
): Promise<ModelStandingView["models"]> {
  const ids = models.filter((model) => VersionId.safeParse(model).success);
  const rows = await db.modelVersion.findMany({ where: { workspaceId, id: { in: ids } }, select: modelNameSelect });
  const versions = new Map(rows.map((row) => [row.id, toModelName(row)]));
  return models.map((model) => {
    const version = versions.get(model) ?? null;
    const known = read.models.get(model);
    return { model, name: version?.name ?? known?.name ?? model, version, answers: known?.answers.size ?? 0 };
  });
}
