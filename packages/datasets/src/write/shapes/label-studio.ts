import type { Comparison, Message } from "@touchstone/contracts";
import { turnsOfAnswer } from "../../formats/answer-turns.ts";
import type { RowContext } from "../context.ts";
import { rankingOfTwo } from "./rankings.ts";
import type { Shaped } from "./shaped.ts";
import { unheld } from "./turns.ts";

/**
 * A comparison as a task of Label Studio with its annotation, for the template of pairwise comparison: `data` has the prompt
 * and both answers as they were shown, left and right. Its Pairwise control knows no tie, so a tie is no row.
 */
export function labelStudioTask(form: Comparison, context: RowContext): Shaped {
  if (form.outcome === 0) return { leftOut: "tie" };
  const [left, right] = form.first === "a" ? [form.a, form.b] : [form.b, form.a];
  const better = form.outcome > 0 ? form.a : form.b;
  if ([left, right].some(({ media }) => media !== undefined)) return { leftOut: "media" };
  const reason = unheld([...form.prompt, ...[left, right].flatMap(({ text }) => turnsOfAnswer(text))]);
  if (reason !== null) return { leftOut: reason };
  const shaped = rankingOfTwo(form, context);
  if ("leftOut" in shaped) return shaped;
  const value = { selected: better === left ? "left" : "right" };
  const result = [{ type: "pairwise", from_name: "pairwise", to_name: "answer1,answer2", value }];
  return {
    row: {
      data: { prompt: asText(form.prompt), answer1: left.text, answer2: right.text },
      annotations: [{ result, was_cancelled: false }],
    },
    provenance: shaped.provenance,
    split: form.split,
  };
}

/** One turn is its own words; several stand below each other, each after its speaker's role. */
function asText(turns: readonly Message[]): string {
  const [only, ...more] = turns;
  if (only && more.length === 0) return only.content;
  return turns.map(({ role, content }) => `${role}: ${content}`).join("\n\n");
}
