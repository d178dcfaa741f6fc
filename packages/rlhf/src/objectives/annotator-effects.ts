/** One rating on the original 1–5 scale. */
export interface AnnotatedRating {
  readonly annotator: string;
  readonly item: string;
  readonly score: number;
}

/** How an annotator uses the scale: score ≈ μ + bias + scale · (quality − μ). */
export interface AnnotatorEffect {
  readonly bias: number;
  readonly scale: number;
}

export interface AnnotatorEffects {
  /** μ, the mean rating; qualities are on the original scale. */
  readonly mean: number;
  readonly annotators: ReadonlyMap<string, AnnotatorEffect>;
  /** Estimated quality of each item, drawn towards μ the fewer ratings it has. */
  readonly items: ReadonlyMap<string, number>;
}

export interface ShrinkageOptions {
  /** Prior ratings' worth of evidence that an annotator has no bias. */
  readonly biasStrength: number;
  /** The same, in units of quality variance, that an annotator's scale is 1. */
  readonly scaleStrength: number;
  /** The same that an item is of mean quality. */
  readonly itemStrength: number;
  readonly sweeps: number;
}

const defaults: ShrinkageOptions = { biasStrength: 3, scaleStrength: 5, itemStrength: 0.5, sweeps: 30 };

/**
 * Annotators as shrunken random effects, fitted by alternating ridge regressions (a posterior mode under normal
 * priors: Gelman & Hill 2007, ch. 13). Fit on the training split only. Few ratings leave an annotator near (0, 1).
 */
export function fitAnnotatorEffects(
  ratings: readonly AnnotatedRating[],
  options: Partial<ShrinkageOptions> = {},
): AnnotatorEffects {
  const { biasStrength, scaleStrength, itemStrength, sweeps } = { ...defaults, ...options };
  if (ratings.length === 0) throw new RangeError("annotator effects need at least one rating");
  const mean = ratings.reduce((sum, rating) => sum + rating.score, 0) / ratings.length;
  const byAnnotator = groupBy(ratings, (rating) => rating.annotator);
  const byItem = groupBy(ratings, (rating) => rating.item);
  const annotators = new Map<string, AnnotatorEffect>([...byAnnotator.keys()].map((id) => [id, neutral]));
  const centred = new Map<string, number>(); // quality − μ

  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const [item, own] of byItem) {
      let weight = itemStrength;
      let sum = 0;
      for (const { annotator, score } of own) {
        const { bias, scale } = annotators.get(annotator) ?? neutral;
        weight += scale ** 2;
        sum += scale * (score - mean - bias);
      }
      centred.set(item, sum / weight);
    }
    for (const [annotator, own] of byAnnotator) {
      const { bias: lastBias } = annotators.get(annotator) ?? neutral;
      let weight = scaleStrength;
      let sum = scaleStrength; // the prior mean of a scale is 1
      for (const { item, score } of own) {
        const quality = centred.get(item) ?? 0;
        weight += quality ** 2;
        sum += quality * (score - mean - lastBias);
      }
      const scale = Math.max(sum / weight, minimumScale);
      const residual = own.reduce(
        (total, { item, score }) => total + score - mean - scale * (centred.get(item) ?? 0),
        0,
      );
      annotators.set(annotator, { bias: residual / (own.length + biasStrength), scale });
    }
    // Scales and qualities are only known up to a common factor: the average annotator is given scale 1.
    const average = [...annotators.values()].reduce((sum, effect) => sum + effect.scale, 0) / annotators.size;
    for (const [id, { bias, scale }] of annotators) annotators.set(id, { bias, scale: scale / average });
  }
  return { mean, annotators, items: new Map([...centred].map(([item, quality]) => [item, mean + quality])) };
}

/** The rating as an annotator without bias would have given it, on the original scale. Strangers are taken as they are. */
export function adjustedRating(effects: AnnotatorEffects, annotator: string, score: number): number {
  const { bias, scale } = effects.annotators.get(annotator) ?? neutral;
  return effects.mean + (score - effects.mean - bias) / scale;
}

const neutral: AnnotatorEffect = { bias: 0, scale: 1 };

/** An annotator who seems to answer at random or upside down must not blow ratings up on division by the scale. */
const minimumScale = 0.25;

function groupBy<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
