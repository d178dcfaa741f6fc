import type { ItemFilter } from "@touchstone/contracts";
import type { LabellingProject } from "./labelling-project.ts";

const nobody = "00000000-0000-7000-8000-000000000000";
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** What is asked of `browsableProject`, by what it looks for. */
export function browseFilters({ annotators }: Pick<LabellingProject, "annotators">) {
  const person = (place: number) => annotators[place]?.memberId ?? nobody;
  return {
    nothing: {},
    "a rare word": { q: "wombat" },
    "a word of every item": { q: "light" },
    "a Chinese phrase": { q: "“天空为什么”" },
    "two common words that never meet": { q: "blue 天空" },
    "a word in a comment": { q: "hesitated" },
    "all but a common word": { q: "light -blue" },
    "somebody who did most": { person: person(0) },
    "somebody who did few": { person: person(3) },
    nobody: { person: nobody },
    "a day long ago": { from: daysAgo(3), to: daysAgo(2) },
    "most of the time": { to: daysAgo(1) },
    "somebody within a time": { person: person(3), from: daysAgo(4) },
    "a flag": { flagged: "true" },
    "a language and a split": { language: "zh", split: "test" },
    "a model": { model: "model-2" },
    "two models": { model: "model-1", against: "model-2" },
    "one of two models preferred": { model: "model-1", against: "model-2", preferred: "model" },
    "where answers come from": { origin: "import" },
    "a question": { question: "rating" },
    "a state that all have": { state: "full" },
    "a state that none has": { state: "paused" },
    "all of it at once": { q: "wombat", person: person(0), split: "test", state: "full" },
    "people who differ": { agreement: "differ" },
  } satisfies Record<string, ItemFilter>;
}
export type BrowseFilterName = keyof ReturnType<typeof browseFilters>;
