import { type Split, splitOf } from "@touchstone/labeling";
import { type PracticeDemonstration, practiceDemonstrations, practicePrompts, utility } from "@touchstone/practice";

/** A row of the `prompts` format. */
export interface PromptRow {
  readonly prompt: string;
  readonly completions: readonly string[];
  readonly language: string;
  readonly cluster: string;
}

/** A row of TRL's preference format with the name of who voted. */
export interface VoteRow {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  readonly margin: number;
  readonly annotator: string;
  readonly cluster: string;
}

const demonstrations = withPromptsOnce(practiceDemonstrations("end to end", 2_000));
const contentOf = (demonstration: PracticeDemonstration) => demonstration.prompt.map((turn) => turn.content).join("\n");

function withPromptsOnce(all: readonly PracticeDemonstration[]): PracticeDemonstration[] {
  return [...new Map(all.map((one) => [one.prompt.map((turn) => turn.content).join("\n"), one])).values()];
}

/** A cluster's name decides its split for good, so a name that lies where it is wanted is searched for. */
function clusterIn(split: Split, name: string): string {
  for (let attempt = 0; ; attempt++) {
    const cluster = `${name} ${attempt}`;
    if (splitOf(cluster) === split) return cluster;
  }
}

/** Another answer of the same use and language, which is therefore plausible and hardly ever right. */
function answerBeside(demonstration: PracticeDemonstration): string {
  const { use, language } = demonstration.task;
  const start = demonstrations.indexOf(demonstration) + 1;
  const other = demonstrations
    .slice(start)
    .find((one) => one.task.use === use && one.task.language === language && one.text !== demonstration.text);
  if (!other) throw new Error("The practice world ran out of answers.");
  return other.text;
}

const row = (demonstration: PracticeDemonstration, index: number, completions: string[]): PromptRow => ({
  prompt: contentOf(demonstration),
  completions,
  language: demonstration.task.language,
  cluster: clusterIn("train", `judged ${index}`),
});

/** Pairs for people to compare. */
export const pairs: readonly PromptRow[] = demonstrations
  .slice(0, 8)
  .map((one, index) => row(one, index, [one.text, answerBeside(one)]));

/** Single answers for people to rate. */
export const singles: readonly PromptRow[] = demonstrations
  .slice(20, 23)
  .map((one, index) => row(one, 100 + index, [one.text]));

/** Prompts without answers: of the test split for the blind evaluation, of the others for training. */
export const unanswered: readonly PromptRow[] = (
  [
    ["test", 8],
    ["train", 12],
    ["validation", 4],
  ] as const
).flatMap(([split, count]) =>
  practicePrompts("end to end", count, split).map((prompt, index) => ({
    prompt: prompt.messages.map((turn) => turn.content).join("\n"),
    completions: [],
    language: prompt.language,
    cluster: clusterIn(split, `unanswered ${split} ${index}`),
  })),
);

/** What blind evaluations ask about: nothing else in these files is of the test split. */
export const testPrompts = new Set(unanswered.slice(0, 8).map(({ prompt }) => prompt));

/** Much, plainly or slightly better, as thirds. */
function marginOf(gap: number): number {
  if (gap > 0.5) return 1;
  return gap > 0.2 ? 2 / 3 : 1 / 3;
}

/** Votes of three annotators of another study, true to the rule that scores practice answers. */
export const votes: readonly VoteRow[] = demonstrations.slice(40, 240).flatMap((one, index): VoteRow[] => {
  const other = answerBeside(one);
  const gap = utility(one.task, one.text) - utility(one.task, other);
  if (gap === 0) return [];
  const [chosen, rejected] = gap > 0 ? [one.text, other] : [other, one.text];
  const margin = marginOf(Math.abs(gap));
  // Some are held out to measure the reward model; the test split is left to the blind evaluation.
  const cluster = clusterIn(index % 6 === 0 ? "validation" : "train", `voted ${index}`);
  return [{ prompt: contentOf(one), chosen, rejected, margin, annotator: `study ${index % 3}`, cluster }];
});

export function jsonLines(rows: readonly object[]): Buffer {
  return Buffer.from(rows.map((one) => `${JSON.stringify(one)}\n`).join(""));
}
