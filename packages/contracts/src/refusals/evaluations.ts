import type { Refusals } from "./shape.ts";

/** Why a request is refused, of comparisons of policies. */
export const evaluationRefusals = {
  onePolicyTwice: ["wrong_model", "Choose two different policies to compare."],
  bestOfSeveral: [
    "invalid_value",
    "The best of several answers is compared with a single one of one other policy. Leave the further policies out, or “bestOf”.",
  ],
  rankingOfTwo: ["invalid_value", "Two policies are asked as pairs. Name more of them, or ask for pairs."],
  pairsOfSeveral: [
    "conflict",
    "This evaluation compares several policies: its answers stand in Browse, by their models, and who wins in the project’s standing of models.",
  ],
  policiesNotComparable: ["invalid_spec", "This project asks no preference question, so it cannot compare policies."],
} as const satisfies Refusals;
