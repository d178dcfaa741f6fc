import {
  type Aggregation,
  type Answers,
  type Message,
  type QuestionKind,
  type ShapedFormat,
  standardQuestion,
} from "@touchstone/contracts";
import type { RowContext } from "../context.ts";
import { shapeRows } from "./shape-rows.ts";
import type { FramedJudgement, Shaped } from "./shaped.ts";

export const plainContext: RowContext = {
  ...{ externalId: null, gold: null, cluster: null, language: null, sourceText: null, exportedPromptId: null },
  completions: new Map(),
  vote: {
    ...{ comment: "", flagged: false, createdAt: "2026-01-31T12:00:00.000Z" },
    ...{ labelId: null, annotator: null, margin: null, timings: null },
  },
};

let made = 0;

/** A judgement of a question of this kind, with the answers in the order shown; whatever is not given is plain. */
export function judged(
  kind: QuestionKind,
  answer: Answers[string],
  given: Partial<FramedJudgement> & { readonly texts?: readonly string[] } = {},
): FramedJudgement {
  const question = standardQuestion(kind);
  made += 1;
  const { texts = ["A", "B"], ...rest } = given;
  const promptId = given.promptId ?? "p1";
  return {
    ...{ judgementId: `j${String(made).padStart(4, "0")}`, annotator: "0123456789abcdef", kind: "answer" },
    ...{ questions: [question], answers: { [question.name]: answer }, shownOrder: texts.map((_, place) => place) },
    ...{ superseded: false, surplus: false, repeat: false, promptId, split: "train" },
    prompt: [{ role: "user", content: "Why?" }],
    completions: texts.map((text, place) => ({ completionId: `${promptId}-${place}`, text })),
    context: plainContext,
    ...rest,
  };
}

/** Both answers compared: `step` 1, the first much better, to 7; 4 is a tie. */
export const compared = (step: number, given: Parameters<typeof judged>[2] = {}) =>
  judged("preference", { choice: "graded", step }, given);

export const asked = (...turns: [Message["role"], string][]): Message[] =>
  turns.map(([role, content]) => ({ role, content }));

interface Asked {
  readonly aggregation?: Aggregation;
  readonly margin?: boolean;
}

/** What a shape makes of some judgements. */
export async function shaped(
  format: ShapedFormat | "trl-preference",
  judgements: readonly FramedJudgement[],
  { aggregation = "votes", margin = false }: Asked = {},
): Promise<Shaped[]> {
  async function* part() {
    yield judgements;
  }
  async function* parts() {
    yield part();
  }
  const rows: Shaped[] = [];
  for await (const row of shapeRows(parts(), { format, aggregation, margin })) rows.push(row);
  return rows;
}

export const rowsIn = (all: readonly Shaped[]) => all.flatMap((one) => ("row" in one ? [one.row] : []));
