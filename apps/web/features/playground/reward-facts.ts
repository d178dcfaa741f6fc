import type { Estimate, ModelVersionView } from "@touchstone/contracts";

/** How often it was right on judgements that it did not learn from; null where nobody measured that, or without an interval. */
export function accuracyOf(metrics: ModelVersionView["metrics"]): Estimate | null {
  const [value, low, high] = ["", ".low", ".high"].map((end) => metrics[`heldout.accuracy${end}`]);
  if (typeof value !== "number" || typeof low !== "number" || typeof high !== "number") return null;
  return { value, low, high };
}

export type RewardPart = "frozen" | "network" | "likelihood" | "words" | "surface" | "ensemble";

/** The parts whose sum a score is, as its recipe says; null where no recipe of ours is known. */
export function partsOf(spec: Readonly<Record<string, unknown>> | undefined): RewardPart[] | null {
  if (spec === undefined || spec.trainer !== "reward") return null;
  // A head on frozen features is fitted in one step on all of these, and reads no other setting.
  if (spec.frozen !== undefined) return ["frozen"];
  const has = (name: string): boolean => typeof spec[name] === "number" && spec[name] > 0;
  return [
    "network",
    ...(has("likelihood") ? (["likelihood"] as const) : []),
    ...(has("lexicalBuckets") ? (["words"] as const) : []),
    ...(spec.surface === true ? (["surface"] as const) : []),
    ...(spec.ensemble === undefined ? [] : (["ensemble"] as const)),
  ];
}
