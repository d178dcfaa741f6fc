import { figuresOf } from "./model-figures.ts";

export type Yardstick = "bigram" | "longer" | "untrained" | "mean" | "annotator" | "item";

export interface EstimateOf {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a model's figures amount to. `notBeaten` names the yardsticks that it is not shown to be better than. */
export type ModelVerdict =
  | {
      readonly kind: "agreement" | "error";
      readonly estimate: EstimateOf | { readonly value: number; readonly low: null; readonly high: null };
      readonly count: number;
      readonly notBeaten: readonly Yardstick[];
      readonly measured: boolean;
    }
  | { readonly kind: "reward"; readonly before: number; readonly after: number; readonly kl: number | null }
  | { readonly kind: "none" };

/**
 * The sentence that stands first on a model's page. A yardstick is beaten when the whole interval says so: of the lead
 * where the trainer measured it on the same pairs, else of the figure itself.
 */
export function verdictOf(metrics: Readonly<Record<string, unknown>>): ModelVerdict {
  const figures = new Map(figuresOf(metrics).map((figure) => [figure.key, figure]));
  const number = (key: string) => figures.get(key)?.value;
  const estimateOf = (key: string) => {
    const figure = figures.get(key);
    if (!figure) return null;
    return { value: figure.value, low: figure.interval?.low ?? null, high: figure.interval?.high ?? null };
  };

  const accuracy = estimateOf("heldout.accuracy");
  if (accuracy) {
    const yardsticks = (["bigram", "longer", "untrained"] as const).filter((one) =>
      figures.has(`baseline.${one}.accuracy`),
    );
    const beaten = (one: (typeof yardsticks)[number]) => {
      const lead = figures.get(`heldout.lead.${one}`)?.interval;
      if (lead) return lead.low > 0;
      return accuracy.low !== null && accuracy.low > (number(`baseline.${one}.accuracy`) ?? 0);
    };
    return {
      kind: "agreement",
      estimate: whole(accuracy),
      count: number("heldout.comparisons") ?? number("heldout.pairs") ?? 0,
      notBeaten: yardsticks.filter((one) => !beaten(one)),
      measured: yardsticks.length > 0,
    };
  }
  const error = estimateOf("heldout.mse");
  if (error) {
    const yardsticks = (["mean", "annotator"] as const).filter((one) => figures.has(`baseline.${one}.mse`));
    const beaten = (one: (typeof yardsticks)[number]) =>
      error.high !== null && error.high < (number(`baseline.${one}.mse`) ?? 0);
    return {
      kind: "error",
      estimate: whole(error),
      count: number("heldout.ratings") ?? 0,
      notBeaten: yardsticks.filter((one) => !beaten(one)),
      measured: yardsticks.length > 0,
    };
  }
  const [after, before] = [number("heldout.reward"), number("reference.reward")];
  if (after !== undefined && before !== undefined)
    return { kind: "reward", before, after, kl: number("heldout.kl") ?? null };
  return { kind: "none" };
}

function whole({ value, low, high }: { value: number; low: number | null; high: number | null }) {
  return low === null || high === null ? { value, low: null, high: null } : { value, low, high };
}
