import { comparableGroups } from "./connected.ts";
import { add, clustered, dot, fit } from "./fit.ts";
import { chancesOf, type Game, gamesBy, merged, parametersOf, type TieRule } from "./games.ts";
import type { ModelComparison } from "./model-comparison.ts";
import { type PairOfModels, pairwise } from "./pairwise.ts";
import { inverseOf, times } from "./solve.ts";

/** A value with the ends of its 95 % interval; null is an end that the judgements don't set. */
export interface Interval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface StandingModel {
  readonly model: string;
  /**
   * Log strength, 0 on average over the models of its group that neither won nor lost everything (over all, where there is
   * none): of two models, exp of the difference is the odds of being preferred, ties aside.
   */
  readonly strength: Interval;
  /** Comparisons with other models. */
  readonly judgements: number;
  /** It won, or lost, every judgement: no finite strength fits best, and the prior alone holds the value. */
  readonly unbounded: "won all" | "lost all" | null;
  /** Places in its group that it may have: those before it differ from it by an interval of 95 % that leaves out 0, as do those after. */
  readonly rank: { readonly best: number; readonly worst: number };
}

export interface StandingPair extends PairOfModels {
  /** What the fitted model expects of the same judgements. */
  readonly expected: {
    readonly wins: number;
    readonly losses: number;
    readonly ties: number;
    readonly winRate: number;
  };
}

export interface ModelStanding {
  /** Models that met, directly or through others, the strongest first. Strengths of different groups can't be compared. */
  readonly groups: readonly (readonly StandingModel[])[];
  /** Log odds of the answer shown first between equal models; null when no order is known. */
  readonly position: Interval | null;
  /** Log of Davidson's ν: between equal models a tie is ν/(ν + 2) of the judgements. Null without ties. */
  readonly tie: Interval | null;
  readonly pairs: readonly StandingPair[];
  readonly prompts: number;
  readonly judgements: number;
}

/** The method's name, as shown beside its figures. */
export const standingMethod =
  "Bradley–Terry with ties (Davidson 1970) and a position term (Davidson and Beaver 1977), intervals clustered by prompt";

const normal95 = 1.959963984540054;

/**
 * Which model wins: Bradley–Terry with ties and a position term. Davidson (1970), "On extending the Bradley–Terry model
 * to accommodate ties in paired comparison experiments", JASA 65; the order effect after Davidson and Beaver (1977),
 * Biometrics 33. With η = θ_first − θ_second + δ, the first, the second and neither are preferred as
 * exp(η/2) : exp(−η/2) : ν; δ is left out of a judgement whose order isn't known.
 *
 * Fitted by damped Newton steps under a normal prior of mean 0 and deviation 10 on every parameter. Intervals are clustered by
 * prompt (sandwich, with the prior's part), and never narrower than if the judgements knew nothing of each other.
 * A model against itself tells of position and ties only.
 *
 * @returns groups without a model, and null terms, when there is no comparison.
 */
export function modelStanding(
  comparisons: readonly ModelComparison[],
  { ties = "davidson" }: { readonly ties?: TieRule } = {},
): ModelStanding {
  const parameters = parametersOf(comparisons, ties);
  const { models, positionAt, tieAt, size } = parameters;
  const gamesOf = gamesBy(parameters, ties);
  const games = merged(eachGame(comparisons, gamesOf));
  const { at, hessian } = fit(games, size, tieAt);
  const inverse = inverseOf(hessian);
  const prompts = gamesByPrompt(comparisons, gamesOf);
  const covariance = clustered(prompts.values(), at, inverse, tieAt);

  const intervalOf = (contrast: Float64Array): Interval => {
    const value = dot(contrast, at);
    const variance = Math.max(dot(contrast, times(covariance, contrast)), dot(contrast, times(inverse, contrast)));
    const half = normal95 * Math.sqrt(variance);
    return { value, low: value - half, high: value + half };
  };
  const only = (parameter: number) => Float64Array.from({ length: size }, (_, cell) => (cell === parameter ? 1 : 0));
  const index = new Map(models.map((model, place) => [model, place]));
  const isAbove = aboveBy(at, [covariance, inverse]);
  const records = recordsOf(comparisons);
  const unboundedOf = (model: string): StandingModel["unbounded"] => {
    const { judgements, won, lost } = records.get(model) ?? { judgements: 0, won: 0, lost: 0 };
    if (judgements === 0 || (won < judgements && lost < judgements)) return null;
    return won === judgements ? "won all" : "lost all";
  };
  const standingOf = (model: string, group: readonly string[]): StandingModel => {
    const place = index.get(model) ?? 0;
    const contrast = only(place);
    // A strength that nothing bounds would make all others as vague as itself.
    const bounded = group.filter((one) => unboundedOf(one) === null);
    const centre = bounded.length > 0 ? bounded : group;
    for (const one of centre) add(contrast, index.get(one) ?? 0, -1 / centre.length);
    const others = group.filter((other) => other !== model).map((other) => index.get(other) ?? 0);
    const rank = {
      best: 1 + others.filter((other) => isAbove(other, place)).length,
      worst: group.length - others.filter((other) => isAbove(place, other)).length,
    };
    const { judgements } = records.get(model) ?? { judgements: 0 };
    const { value, low, high } = intervalOf(contrast);
    const unbounded = unboundedOf(model);
    const strength = {
      value,
      low: unbounded === "lost all" ? null : low,
      high: unbounded === "won all" ? null : high,
    };
    return { model, strength, judgements, unbounded, rank };
  };
  return {
    groups: comparableGroups(models, comparisons).map((group) =>
      group.map((model) => standingOf(model, group)).sort((left, right) => right.strength.value - left.strength.value),
    ),
    position: positionAt === null ? null : intervalOf(only(positionAt)),
    tie: tieAt === null ? null : intervalOf(only(tieAt)),
    pairs: expectedOf(comparisons, (one) => {
      // Of a tie that is two halves both have the same terms.
      const [game] = gamesOf(one);
      return chancesOf(game ?? { terms: [] }, at, tieAt);
    }),
    prompts: prompts.size,
    judgements: comparisons.reduce((sum, { count = 1 }) => sum + count, 0),
  };
}

function* eachGame(comparisons: readonly ModelComparison[], gamesOf: (one: ModelComparison) => Game[]) {
  for (const one of comparisons) yield* gamesOf(one);
}

function gamesByPrompt(comparisons: readonly ModelComparison[], gamesOf: (one: ModelComparison) => Game[]) {
  const prompts = new Map<string, Game[]>();
  for (const one of comparisons) {
    const games = prompts.get(one.prompt);
    if (games) games.push(...gamesOf(one));
    else prompts.set(one.prompt, gamesOf(one));
  }
  return prompts;
}

/** Whether one parameter is above another by an interval that leaves out 0, under the wider of these covariances. */
function aboveBy(at: Float64Array, covariances: readonly (readonly Float64Array[])[]) {
  return (one: number, other: number): boolean => {
    const variances = covariances.map(
      (rows) => (rows[one]?.[one] ?? 0) + (rows[other]?.[other] ?? 0) - 2 * (rows[one]?.[other] ?? 0),
    );
    return (at[one] ?? 0) - (at[other] ?? 0) > normal95 * Math.sqrt(Math.max(0, ...variances));
  };
}

/** What was said of each pair, beside what is expected of the same games. */
function expectedOf(
  comparisons: readonly ModelComparison[],
  chances: (one: ModelComparison) => { won: number; lost: number; tied: number },
): StandingPair[] {
  function* expectations(): Generator<ModelComparison> {
    for (const one of comparisons) {
      const { won, lost, tied } = chances(one);
      yield { ...one, won: "a", weight: one.weight * won };
      yield { ...one, won: "b", weight: one.weight * lost };
      yield { ...one, won: "tie", weight: one.weight * tied };
    }
  }
  const expected = pairwise(expectations());
  return pairwise(comparisons).map((pair, place) => {
    const { wins = 0, losses = 0, ties = 0, winRate = 0 } = expected[place] ?? {};
    return { ...pair, expected: { wins, losses, ties, winRate } };
  });
}

function recordsOf(comparisons: readonly ModelComparison[]) {
  const records = new Map<string, { judgements: number; won: number; lost: number }>();
  const count = (model: string, times: number, won: boolean, lost: boolean) => {
    const record = records.get(model) ?? { judgements: 0, won: 0, lost: 0 };
    record.judgements += times;
    if (won) record.won += times;
    if (lost) record.lost += times;
    records.set(model, record);
  };
  for (const { a, b, won, count: times = 1 } of comparisons) {
    if (a === b) continue;
    count(a, times, won === "a", won === "b");
    count(b, times, won === "b", won === "a");
  }
  return records;
}
