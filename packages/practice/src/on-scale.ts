import { type PreferenceAnswer, type PreferenceSettings, preferenceSteps } from "@touchstone/contracts";

/**
 * A preference on the scale of its question: the nearest step on the same side. Where a tie or "both bad" cannot be said,
 * it goes to the answer that is better.
 */
export function onScale(
  answer: PreferenceAnswer,
  { steps, bothBad }: PreferenceSettings,
  better: "left" | "right",
): PreferenceAnswer {
  if (answer.choice === "both-bad" && bothBad) return answer;
  const allowed: readonly number[] = preferenceSteps[steps];
  const said = answer.choice === "graded" ? answer.step : 4;
  const side = said === 4 && !allowed.includes(4) ? betterSide[better] : Math.sign(4 - said);
  const [first, ...others] = allowed.filter((step) => Math.sign(4 - step) === side);
  if (first === undefined) throw new RangeError("a scale has steps on both sides");
  // Of two that are as near the milder one, on either side.
  const distance = (step: number) => 10 * Math.abs(step - said) + Math.abs(step - 4);
  const nearer = (one: number, other: number) => (distance(other) < distance(one) ? other : one);
  return { choice: "graded", step: others.reduce(nearer, first) };
}

const betterSide = { left: 1, right: -1 } as const;
