import { type StepVerdict, stepVerdicts } from "@touchstone/contracts";

interface VerdictKey {
  readonly key: string;
  readonly verdict: StepVerdict;
}

/** What can be said of a step, by the digit that says it. Of the first error two things can: it is none, or this is it. */
export function verdictKeys(firstError: boolean): readonly VerdictKey[] {
  const verdicts = stepVerdicts.filter((verdict) => !firstError || verdict !== "neutral");
  return verdicts.map((verdict, at) => ({ key: String(at + 1), verdict }));
}
