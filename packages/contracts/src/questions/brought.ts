import type { Questions } from "./question.ts";

const only = (question: Pick<Questions[number], "name" | "kind" | "settings"> & { title?: string }): Questions => [
  { title: "", required: true, when: null, ...question },
];

/**
 * What judgements in files answer that is neither “preference” nor “rating”, by the name of the questionnaire that an
 * import makes for them where the project has it not yet. Names are for good: tasks of former imports ask them.
 */
const broughtQuestionnaires = {
  "imported-ranking": only({ name: "ranking", kind: "ranking", settings: { ties: true, top: null } }),
  /** Some answers have no rank: they are the rest, below all that have one. */
  "imported-partial-ranking": only({ name: "ranking", kind: "ranking", settings: { ties: true, top: 1 } }),
  /** One answer, wanted or not: KTO's labels, thumbs up and down. */
  "good-or-bad": only({
    name: "good-or-bad",
    kind: "choice",
    title: "Is this answer good?",
    settings: { options: ["good", "bad"], multiple: false, least: null, most: null },
  }),
  "imported-steps": only({ name: "steps", kind: "steps", settings: { cut: "paragraphs", firstError: false } }),
  "imported-step-lines": only({ name: "steps", kind: "steps", settings: { cut: "lines", firstError: false } }),
  "ultrafeedback-aspects": only({
    name: "aspects",
    kind: "aspects",
    settings: { aspects: ["instruction_following", "honesty", "truthfulness", "helpfulness"], steps: 5 },
  }),
  /** Their 0 to 4 are 1 to 5 here. */
  "helpsteer-aspects": only({
    name: "aspects",
    kind: "aspects",
    settings: { aspects: ["helpfulness", "correctness", "coherence", "complexity", "verbosity"], steps: 5 },
  }),
  "summary-axes": only({
    name: "aspects",
    kind: "aspects",
    settings: { aspects: ["overall", "accuracy", "coverage", "coherence"], steps: 7 },
  }),
} as const satisfies Record<string, Questions>;

/** Scores in the respects that the columns of a file are called after: each file says them itself. */
const ofColumns = "imported-aspects";

export type BroughtName = keyof typeof broughtQuestionnaires | typeof ofColumns;

export const isBroughtName = (name: string): name is BroughtName =>
  name === ofColumns || Object.hasOwn(broughtQuestionnaires, name);

/** What a mapping says of columns that are aspects. */
interface AspectColumns {
  readonly aspects?: readonly string[] | undefined;
  readonly aspectScale?: { readonly steps: 5 | 7 } | undefined;
}

/** The questions of a questionnaire that comes with a file. @param mapping of the columns of aspects, where there are some */
export function broughtQuestions(name: BroughtName, { aspects = [], aspectScale }: AspectColumns): Questions {
  if (name !== ofColumns) return broughtQuestionnaires[name];
  const settings = { aspects: aspectNames(aspects), steps: aspectScale?.steps ?? 5 };
  return only({ name: "aspects", kind: "aspects", settings });
}

/** Each aspect is called after its column, with its folder where two columns would be called the same. */
export function aspectNames(paths: readonly string[]): string[] {
  const last = (path: string) => path.slice(path.lastIndexOf(".") + 1);
  const names = paths.map(last);
  return paths.map((path, index) => {
    const name = names[index] ?? path;
    return names.indexOf(name) === names.lastIndexOf(name) ? name : path;
  });
}
