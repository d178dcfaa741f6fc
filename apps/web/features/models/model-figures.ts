/** Figures with a name of their own, in the order in which they are read: what it is worth, its yardsticks, how it was made. */
export const figureOrder = [
  "heldout.accuracy",
  "baseline.bigram.accuracy",
  "baseline.longer.accuracy",
  "baseline.untrained.accuracy",
  "heldout.lead.bigram",
  "heldout.lead.longer",
  "heldout.lead.untrained",
  "heldout.comparisons",
  "heldout.pairs",
  "heldout.separation",
  "heldout.accuracy.strength1",
  "heldout.accuracy.strength2",
  "heldout.accuracy.strength3",
  "heldout.mse",
  "baseline.mean.mse",
  "baseline.annotator.mse",
  "baseline.item.mse",
  "heldout.correlation",
  "heldout.ratings",
  "heldout.answers",
  "heldout.reward",
  "reference.reward",
  "heldout.kl",
  "reference.kl",
  "heldout.entropy",
  "reference.entropy",
  "heldout.length",
  "reference.length",
  "heldout.ended",
  "reference.ended",
  "heldout.lengthSpread",
  "reference.lengthSpread",
  "heldout.rewardPerToken",
  "reference.rewardPerToken",
  "heldout.chosenLogRatio",
  "heldout.rejectedLogRatio",
  "heldout.loss",
  "heldout.ece",
  "heldout.ece.sigmoid",
  "heldout.logLoss",
  "heldout.brier",
  "heldout.nll",
  "heldout.lengthCorrelation",
  "cv.accuracy",
  "cv.lead.plain",
  "cv.logLoss",
  "strength",
  "labels",
  "labelsTooLong",
  "freshAnswers",
  "prompts",
  "texts",
  "nu",
  "theta",
  "position",
  "threshold.tie",
  "threshold.better",
  "threshold.muchBetter",
  "axis.scale",
  "axis.offset",
] as const;
export type FigureKey = (typeof figureOrder)[number];

/** Message keys may hold no dots. */
export type FigureName = Dashed<FigureKey>;
type Dashed<Key extends string> = Key extends `${infer Head}.${infer Tail}` ? `${Head}-${Dashed<Tail>}` : Key;

/** What is named by a pattern: one figure an aspect, one a rank. */
export type FigureLabel =
  | { readonly name: FigureName }
  | { readonly name: "aspect" | "aspectMean" | "delta"; readonly of: string }
  | { readonly name: null };

export interface Figure {
  /** The trainer's own name. */
  readonly key: string;
  readonly label: FigureLabel;
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const places = new Map<string, number>(figureOrder.map((key, place) => [key, place]));
const isNamed = (key: string): key is FigureKey => places.has(key);

function dashed(key: FigureKey): FigureName {
  // The type says letter by letter what replaceAll does.
  return key.replaceAll(".", "-") as FigureName;
}

export function labelOf(key: string): FigureLabel {
  if (isNamed(key)) return { name: dashed(key) };
  const ofAspect = /^(heldout|baseline)\.aspect\.(.+)\.mse$/.exec(key);
  if (ofAspect) return { name: ofAspect[1] === "heldout" ? "aspect" : "aspectMean", of: ofAspect[2] ?? "" };
  const ofRank = /^delta\.(\d+)$/.exec(key);
  return ofRank ? { name: "delta", of: ofRank[1] ?? "" } : { name: null };
}

/** Every figure with its interval, known ones first in their order, the rest by name. */
export function figuresOf(metrics: Readonly<Record<string, unknown>>): Figure[] {
  const numbers = new Map(
    Object.entries(metrics).flatMap(([key, value]): [string, number][] =>
      typeof value === "number" ? [[key, value]] : [],
    ),
  );
  const isEnd = (key: string) => /\.(low|high)$/.test(key) && numbers.has(key.replace(/\.(low|high)$/, ""));
  const figures = [...numbers].flatMap(([key, value]): Figure[] => {
    if (isEnd(key)) return [];
    const [low, high] = [numbers.get(`${key}.low`), numbers.get(`${key}.high`)];
    const interval = low === undefined || high === undefined ? null : { low, high };
    return [{ key, label: labelOf(key), value, interval }];
  });
  const place = ({ key }: Figure) => places.get(key) ?? figureOrder.length;
  return figures.toSorted((one, other) => place(one) - place(other) || (one.key < other.key ? -1 : 1));
}
