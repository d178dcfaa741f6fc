import type { FitNoun, FitUnknown, LabelFitCounts, LabelFitView } from "@touchstone/contracts";

/** A sentence under `runs.fit` or, where a run would say the same, under `runs.errors`. Nouns are keys of `runs.nouns`. */
export type FitSentence =
  | { readonly key: "counting" | `unknown.${FitUnknown}`; readonly noun: FitNoun }
  | { readonly key: "all"; readonly noun: FitNoun; readonly used: number; readonly context: number }
  | {
      readonly key: "some";
      readonly noun: FitNoun;
      readonly used: number;
      readonly training: number;
      readonly context: number;
    }
  | { readonly key: "tooLong" | "noRoom" | "identical" | "cut" | "selfNamed" | "heldOut"; readonly count: number }
  | { readonly key: "cure" | "curePrompts" | "withoutSimulated" }
  | { readonly key: "sample"; readonly of: "judgements" | "prompts"; readonly looked: number; readonly total: number }
  | {
      readonly key: "too_few_labels";
      readonly noun: FitNoun;
      readonly count: number;
      readonly minimum: number;
    }
  | {
      readonly key: "all_too_long";
      readonly noun: FitNoun;
      readonly fitting: number;
      readonly count: number;
      readonly context: number;
    };

/** What a form says of one kind of labels. */
export interface FitSight {
  readonly noun: FitNoun;
  /** `refused`: the run could not learn anything, so it is not launched. */
  readonly level: "quiet" | "attention" | "refused";
  readonly sentences: readonly FitSentence[];
}

interface Asked {
  readonly noun: FitNoun;
  /** Labels that the run needs at least. */
  readonly minimum: number;
  readonly includeSimulated: boolean;
}

/** Whether a launch could learn something, as far as is known. */
export function canLearn(sights: readonly FitSight[]): boolean {
  return sights.every(({ level }) => level !== "refused");
}

/** What a form says of the labels that a run would learn from, before it is launched. */
export function fitSight(fit: LabelFitView | undefined, asked: Asked): FitSight {
  const { noun } = asked;
  if (fit === undefined || fit.state === "counting")
    return { noun, level: "quiet", sentences: [{ key: "counting", noun }] };
  if (fit.state === "unknown") return { noun, level: "attention", sentences: [{ key: `unknown.${fit.why}`, noun }] };
  const refusal = refusalOf(fit, asked);
  if (refusal.length > 0) return { noun, level: "refused", sentences: [...refusal, ...sampleOf(fit, noun)] };
  const lost = lossesOf(fit, noun);
  return {
    noun,
    level: lost.length > 0 ? "attention" : "quiet",
    sentences: [coverageOf(fit, noun), ...lost, ...restOf(fit, noun)],
  };
}

function isExact({ rows }: LabelFitCounts): boolean {
  return rows.looked >= rows.total;
}

/** Refused is only what is certain: of a sample in which something fits there may be enough. */
function refusalOf(fit: LabelFitCounts, { noun, minimum, includeSimulated }: Asked): FitSentence[] {
  const { used, training, context, tooLong, identical } = fit;
  const isTooLittle = isExact(fit) ? used < minimum : used === 0 && training >= minimum;
  if (!isTooLittle) return [];
  if (tooLong > 0 && training - identical >= minimum) {
    return [{ key: "all_too_long", noun, fitting: used, count: training, context }, cureOf(noun)];
  }
  const without: FitSentence[] = includeSimulated || noun === "prompts" ? [] : [{ key: "withoutSimulated" }];
  return [{ key: "too_few_labels", noun, count: training, minimum }, ...lossesOf(fit, noun), ...without];
}

function coverageOf({ used, training, context }: LabelFitCounts, noun: FitNoun): FitSentence {
  return used === training ? { key: "all", noun, used, context } : { key: "some", noun, used, training, context };
}

/** What is left out or cut, by name, and the cure where there is one. */
function lossesOf({ tooLong, identical, promptsCut }: LabelFitCounts, noun: FitNoun): FitSentence[] {
  const counted = (key: "tooLong" | "noRoom" | "identical" | "cut", count: number): FitSentence[] =>
    count > 0 ? [{ key, count }] : [];
  const cure = tooLong + promptsCut > 0 ? [cureOf(noun)] : [];
  return [
    ...counted(noun === "prompts" ? "noRoom" : "tooLong", tooLong),
    ...counted("identical", identical),
    ...counted("cut", promptsCut),
    ...cure,
  ];
}

function cureOf(noun: FitNoun): FitSentence {
  return { key: noun === "prompts" ? "curePrompts" : "cure" };
}

function restOf(fit: LabelFitCounts, noun: FitNoun): FitSentence[] {
  const { heldOut, selfNamed } = fit;
  const counted = (key: "selfNamed" | "heldOut", count: number): FitSentence[] => (count > 0 ? [{ key, count }] : []);
  return [...counted("heldOut", heldOut), ...counted("selfNamed", selfNamed), ...sampleOf(fit, noun)];
}

function sampleOf(fit: LabelFitCounts, noun: FitNoun): FitSentence[] {
  return isExact(fit) ? [] : [{ key: "sample", of: noun === "prompts" ? "prompts" : "judgements", ...fit.rows }];
}
