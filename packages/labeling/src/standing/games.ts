import type { ModelComparison } from "./model-comparison.ts";

/** How ties enter: as an outcome of their own (Davidson's ν), or each as half a win for both. */
export type TieRule = "davidson" | "half";

/** Comparisons as the likelihood reads them. */
export interface Game {
  /** η is the sum of these parameters, each with its sign. */
  readonly terms: readonly (readonly [parameter: number, sign: number])[];
  /** +1: the side η speaks for was preferred, −1: the other, 0: a tie. */
  readonly won: number;
  readonly weight: number;
}

/** Which parameter stands where: the models in their order, then position and ties where there are any. */
export interface Parameters {
  readonly models: readonly string[];
  readonly positionAt: number | null;
  readonly tieAt: number | null;
  readonly size: number;
}

export function parametersOf(comparisons: readonly ModelComparison[], ties: TieRule): Parameters {
  const names = new Set<string>();
  let isOrdered = false;
  let isTied = false;
  for (const { a, b, first, won } of comparisons) {
    names.add(a).add(b);
    isOrdered ||= first !== null;
    isTied ||= won === "tie";
  }
  const models = [...names].sort();
  const positionAt = isOrdered ? models.length : null;
  const sized = models.length + (isOrdered ? 1 : 0);
  const tieAt = isTied && ties === "davidson" ? sized : null;
  return { models, positionAt, tieAt, size: sized + (tieAt === null ? 0 : 1) };
}

/** How comparisons become games; of a tie two, where it is half a win for both. */
export function gamesBy({ models, positionAt }: Parameters, ties: TieRule): (one: ModelComparison) => Game[] {
  const index = new Map(models.map((model, at) => [model, at]));
  return ({ a, b, won, first, weight }) => {
    const terms: [number, number][] = [];
    if (a !== b) terms.push([index.get(a) ?? 0, 1], [index.get(b) ?? 0, -1]);
    if (positionAt !== null && first !== null) terms.push([positionAt, first === "a" ? 1 : -1]);
    if (won !== "tie") return [{ terms, won: won === "a" ? 1 : -1, weight }];
    if (ties === "davidson") return [{ terms, won: 0, weight }];
    return [1, -1].map((side) => ({ terms, won: side, weight: weight / 2 }));
  };
}

/** Games with the same terms and outcome as one: the likelihood of many prompts is that of few games. */
export function merged(games: Iterable<Game>): Game[] {
  const byKey = new Map<string, { game: Game; weight: number }>();
  for (const game of games) {
    const key = `${game.won} ${game.terms.join(" ")}`;
    const known = byKey.get(key);
    if (known) known.weight += game.weight;
    else byKey.set(key, { game, weight: game.weight });
  }
  return [...byKey.values()].map(({ game, weight }) => ({ ...game, weight }));
}

/** Chances that the side η speaks for, the other and neither are preferred, at these parameters. */
export function chancesOf({ terms }: Pick<Game, "terms">, at: Float64Array, tieAt: number | null) {
  const eta = terms.reduce((sum, [parameter, sign]) => sum + sign * (at[parameter] ?? 0), 0);
  // Divided by the larger side, so that no exponential overflows.
  const large = Math.abs(eta) / 2;
  const winner = Math.exp(eta / 2 - large);
  const loser = Math.exp(-eta / 2 - large);
  const tie = tieAt === null ? 0 : Math.exp((at[tieAt] ?? 0) - large);
  const sum = winner + loser + tie;
  return { eta, large, sum, won: winner / sum, lost: loser / sum, tied: tie / sum };
}

/** Derivatives of a game's log likelihood by η and by log ν, and their covariance: the model is an exponential family. */
export function derivatives(game: Game, at: Float64Array, tieAt: number | null) {
  const { won, weight } = game;
  const { eta, large, sum, tied, ...chances } = chancesOf(game, at, tieAt);
  const mean = (chances.won - chances.lost) / 2;
  return {
    logLikelihood: weight * ((won * eta) / 2 - large + (won === 0 ? (at[tieAt ?? -1] ?? 0) : 0) - Math.log(sum)),
    eta: weight * (won / 2 - mean),
    tie: weight * ((won === 0 ? 1 : 0) - tied),
    etaEta: weight * ((1 - tied) / 4 - mean * mean),
    etaTie: -weight * mean * tied,
    tieTie: weight * tied * (1 - tied),
  };
}
