import type { Message } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import {
  completionsOf,
  type ImportJudgement,
  type ImportRating,
  type ImportRow,
  rowOf,
  unnamedAnnotator,
} from "../import-row.ts";
import { optionalName } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { answerAt, nameIn, objectsAt, optionalText, promptAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

/**
 * Langfuse: traces with their scores. A boolean score says whether the answer is good, a numeric one from 1 to 5 how good. Scores
 * by themselves hold no texts, and each of their rows is refused with the cure.
 */
export const langfuse: Shape = {
  format: "langfuse",
  roles: {
    ...{ id: "id", input: "prompt", output: "answer", scores: "vote", sessionId: "cluster" },
    ...{ traceId: "answerId", value: "score", dataType: "score", source: "kept", comment: "kept" },
  },
  entries: { scores: ["name", "value", "dataType", "comment", "authorUserId"] },
  question: () => "rating",
  matches: (file) =>
    (file.within("input") && file.within("output") && file.hasEntries("scores", "name", "value")) ||
    (file.has("traceId", "value", "dataType") && !file.within("output")),
  read: readTrace,
};

function readTrace(row: JsonRow): ImportRow {
  const { line, value } = row;
  if (isAbsent(value.output) || isAbsent(value.input)) throw lineProblem(line, "traceId", "scoresAlone");
  const scores = isAbsent(value.scores) ? [] : objectsAt(value.scores, line, "scores");
  const names = new Set(scores.map(({ name }, index) => optionalName(name, line, `scores.${index}.name`)));
  if (names.size > 1) throw lineProblem(line, "scores", "scoresOfSeveral", { names: [...names].join(", ") });
  const judgements: ImportJudgement[] = [];
  const ratings: ImportRating[] = [];
  for (const [index, score] of scores.entries()) {
    const at = `scores.${index}`;
    const annotator = optionalName(score.authorUserId, line, `${at}.authorUserId`) ?? unnamedAnnotator;
    const why = optionalText(score.comment, line, `${at}.comment`);
    const said = { annotator, ...(why === null ? {} : { comment: why }) };
    if (score.dataType === "BOOLEAN") {
      const isGood =
        typeof score.value === "boolean" ? score.value : wholeAt(score.value, line, `${at}.value`, 0, 1) === 1;
      judgements.push({
        ...{ ...said, questionnaire: "good-or-bad", sides: [0] },
        answer: { chosen: [isGood ? "good" : "bad"] },
      });
    } else ratings.push({ ...said, completion: 0, score: wholeAt(score.value, line, `${at}.value`, 1, 5) });
  }
  return {
    ...rowOf(line, askedIn(value.input, line)),
    itemId: nameIn(row, "id"),
    cluster: nameIn(row, "sessionId"),
    completions: completionsOf([{ id: null, text: answeredIn(value.output, line) }]),
    ratings,
    judgements,
  };
}

/** A text, messages, or an object with messages. */
function askedIn(value: unknown, line: number): Message[] {
  return isObject(value) && !isAbsent(value.messages)
    ? promptAt(value.messages, line, "input.messages")
    : promptAt(value, line, "input");
}

function answeredIn(value: unknown, line: number): string {
  if (isObject(value) && value.role === undefined && !isAbsent(value.content)) {
    return answerAt(value.content, line, "output.content");
  }
  return answerAt(value, line, "output");
}
