import { z } from "zod";
import type { Click } from "./desk.ts";
import type { VoteRow } from "./practice-files.ts";

const Messages = z.array(z.object({ role: z.string(), content: z.string() }));

/** What these tests read of each export; whatever else a row carries is left alone. */
export const JudgementRow = z.object({
  label_id: z.string(),
  annotator_hash: z.string(),
  source: z.enum(["person", "imported", "simulated"]),
  answer: z.union([
    z.object({ choice: z.literal("graded"), step: z.number() }),
    z.object({ choice: z.literal("both-bad") }),
    z.object({ choice: z.literal("rated"), score: z.number() }),
  ]),
  shown_order: z.array(z.number()),
  completions: z.array(z.object({ id: z.string(), text: z.string() })),
  prompt: Messages,
  evaluation_id: z.string().nullable(),
  flagged: z.boolean(),
  comment: z.string(),
});
export type JudgementRow = z.infer<typeof JudgementRow>;

const SkipRow = z.object({ kind: z.literal("skip"), prompt: Messages });

/** The two kinds of rows of the raw export. */
export function rawRows(rows: readonly unknown[]) {
  const isSkip = (row: unknown) => SkipRow.safeParse(row).success;
  return {
    judgements: rows.filter((row) => !isSkip(row)).map((row) => JudgementRow.parse(row)),
    skips: rows.filter(isSkip).map((row) => SkipRow.parse(row)),
  };
}

export const PreferenceRow = z.object({
  prompt: Messages,
  chosen: Messages,
  rejected: Messages,
  margin: z.number(),
  annotator_hash: z.string(),
});
export const RatingRow = z.object({
  prompt: Messages,
  completion: z.string(),
  score: z.number(),
  annotator_hash: z.string(),
});
export const SftRow = z.object({ messages: Messages });

const said = (messages: z.infer<typeof Messages>) => messages.map((message) => message.content).join("\n");

export const promptOf = ({ prompt }: { prompt: z.infer<typeof Messages> }): string => said(prompt);

function keyOf(answer: JudgementRow["answer"]): string {
  if (answer.choice === "graded") return String(answer.step);
  return answer.choice === "rated" ? String(answer.score) : "0";
}

/** A raw row in the words of the log: what stood where on the screen, and which key says the same. */
export function clickOf(row: JudgementRow): Click {
  const { answer } = row;
  return {
    prompt: said(row.prompt),
    answers: row.shown_order.map((index) => row.completions[index]?.text ?? "no such completion"),
    key: keyOf(answer),
    comment: row.comment,
  };
}

/** What the page says of a judgement with this key. */
export function wordsFor({ answers, key }: Click): string {
  if (answers.length === 1) return `${key} of 5, ${["bad", "poor", "fair", "good", "excellent"][Number(key) - 1]}`;
  const words = ["Both bad", "A much better", "A better", "A slightly better", "Tie"];
  return words[Number(key)] ?? ["B slightly better", "B better", "B much better"][Number(key) - 5] ?? key;
}

/** One line a row, sorted: equal lists hold the same rows, each as often. */
export function lines(rows: readonly object[]): string[] {
  return rows.map((one) => JSON.stringify(one)).sort();
}

/** What a click says of its pair: from 3 (left much better) to −3, 0 for a tie and for “both bad”. */
const leadOf = (click: Click) => (click.key === "0" ? 0 : 4 - Number(click.key));

/** Rows of the preference export that these clicks and imported votes make; ties prefer nothing and make none. */
export function preferenceRows(clicks: readonly Click[], votes: readonly VoteRow[]): object[] {
  const clicked = clicks
    .filter((click) => click.answers.length === 2 && leadOf(click) !== 0)
    .map((click) => {
      const [left = "", right = ""] = click.answers;
      const [chosen, rejected] = leadOf(click) > 0 ? [left, right] : [right, left];
      return { prompt: click.prompt, chosen, rejected, margin: Math.abs(leadOf(click)) / 3 };
    });
  const voted = votes.map(({ prompt, chosen, rejected, margin }) => ({ prompt, chosen, rejected, margin }));
  return [...clicked, ...voted];
}

export function preferenceOf(row: z.infer<typeof PreferenceRow>): object {
  return { prompt: said(row.prompt), chosen: said(row.chosen), rejected: said(row.rejected), margin: row.margin };
}

export const ratingRows = (clicks: readonly Click[]) =>
  clicks
    .filter((click) => click.answers.length === 1)
    .map((click) => ({ prompt: click.prompt, completion: click.answers[0], score: Number(click.key) }));

export const ratingOf = (row: z.infer<typeof RatingRow>) => ({
  prompt: said(row.prompt),
  completion: row.completion,
  score: row.score,
});

/**
 * What is worth imitating of all that was judged: of each prompt the answer with the highest mean signal above 0
 * (a lead over 3; −1 each for “both bad”; a score's distance from 3, halved). Prompts whose best is shared are left out,
 * since which of equals is taken is no one's choice. Signals are counted in sixths, which add up without rounding:
 * equal means are equal then, whatever the order.
 */
export function bestAnswers(clicks: readonly Click[], votes: readonly VoteRow[]): Map<string, string> {
  const signals = new Map<string, Map<string, number[]>>();
  const signal = (prompt: string, answer: string, value: number) => {
    const answers = signals.get(prompt) ?? new Map<string, number[]>();
    answers.set(answer, [...(answers.get(answer) ?? []), value]);
    signals.set(prompt, answers);
  };
  for (const click of clicks) {
    const [left = "", right] = click.answers;
    if (right === undefined) signal(click.prompt, left, 3 * (Number(click.key) - 3));
    else {
      signal(click.prompt, left, click.key === "0" ? -6 : 2 * leadOf(click));
      signal(click.prompt, right, click.key === "0" ? -6 : -2 * leadOf(click));
    }
  }
  for (const { prompt, chosen, rejected, margin } of votes) {
    signal(prompt, chosen, Math.round(6 * margin));
    signal(prompt, rejected, -Math.round(6 * margin));
  }
  const best = new Map<string, string>();
  for (const [prompt, answers] of signals) {
    const means = [...answers].map(([text, values]) => ({
      text,
      mean: values.reduce((a, b) => a + b) / values.length,
    }));
    const [first, second] = means.sort((one, other) => other.mean - one.mean);
    if (first && first.mean > 0 && first.mean !== second?.mean) best.set(prompt, first.text);
  }
  return best;
}

export function imitated(row: z.infer<typeof SftRow>): [prompt: string, answer: string] {
  return [said(row.messages.slice(0, -1)), said(row.messages.slice(-1))];
}

/** Rows of each annotator, whatever they are called. */
export function byAnnotator(rows: readonly JudgementRow[]): JudgementRow[][] {
  const names = [...new Set(rows.map((row) => row.annotator_hash))];
  return names.map((name) => rows.filter((row) => row.annotator_hash === name));
}

/**
 * Share of wins of the candidate: the mean over all prompts of their mean score, ties one half. Prompts that nobody was
 * asked about had equal answers. The candidate is the first completion of its task, whatever side it was shown on.
 */
export function winRateOf(rows: readonly JudgementRow[], prompts: number): number {
  const scores = new Map<string, number[]>();
  for (const row of rows) {
    const click = clickOf(row);
    const lead = leadOf(click) * (click.answers[0] === row.completions[0]?.text ? 1 : -1);
    scores.set(click.prompt, [...(scores.get(click.prompt) ?? []), (1 + Math.sign(lead)) / 2]);
  }
  const means = [...scores.values()].map((values) => values.reduce((a, b) => a + b) / values.length);
  return (means.reduce((a, b) => a + b, 0) + 0.5 * (prompts - means.length)) / prompts;
}
