import { isTrajectory, longestTrajectory, type Message, PreferenceAnswer, RatingAnswer } from "@touchstone/contracts";
import { outcomeOf } from "@touchstone/labeling";
import { z } from "zod";
import { completionsOf, type ImportRow, rowOf } from "../import-row.ts";
import { longestText, nameOf, numberOf, optionalName, quoted, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { plainJson } from "../read/json-text.ts";
import { parseJson } from "../read/json-value.ts";
import { lineProblem } from "../read/line-problem.ts";
import { answerOfTurns } from "./answer-turns.ts";
import { looksLikeJson } from "./json-columns.ts";
import { marginOf } from "./margin-scale.ts";
import { messagesOf, promptOf } from "./messages.ts";
import { isAbsent, itemOf, voteDetails } from "./origin.ts";

/** A row of our raw export: one judgement with all that was recorded. */
export function readJudgementRow({ line, value }: JsonRow): ImportRow {
  const answer = answerOf({ line, value });
  const completions = completionsIn({ line, value });
  const annotator = nameOf(value.annotator_hash, line, "annotator_hash");
  const { origin, ...details } = voteDetails({ line, value });
  const said = {
    annotator,
    ...details,
    origin: { ...origin, margin: marginOf(value.original_margin, line), timings: value.timings ?? null },
  };
  const row = {
    ...rowOf(line, promptOf(value.prompt, line, "prompt")),
    ...itemOf({ line, value }),
    ...metadataOf(value),
    completions,
  };
  if (answer.choice === "rated") {
    if (completions.length !== 1) throw lineProblem(line, "completions", "oneRatedAnswer");
    return { ...row, ratings: [{ completion: 0, score: answer.score, ...said }] };
  }
  if (completions.length !== 2) throw lineProblem(line, "completions", "twoComparedAnswers");
  const shownOrder = shownOrderOf({ line, value });
  const outcome = outcomeOf(answer, shownOrder);
  return { ...row, votes: [{ outcome, shownOrder, bothBad: answer.choice === "both-bad", ...said }] };
}

/** Columns of another file that were kept beside the item; a table has them as JSON in a cell. */
function metadataOf({ metadata }: JsonRow["value"]): Pick<ImportRow, "metadata"> {
  const said = typeof metadata === "string" && looksLikeJson(metadata) ? parseJson(metadata.trim(), 1) : metadata;
  return isObject(said)
    ? { metadata: Object.fromEntries(Object.entries(said).map(([path, value]) => [path, plainJson(value)])) }
    : {};
}

/** A row of our ratings export. */
export function readRatingRow({ line, value }: JsonRow): ImportRow {
  // What was said of one aspect is nothing that was said of the whole answer.
  if (!isAbsent(value.aspect)) throw lineProblem(line, "aspect", "ratedAspect");
  const rating = RatingAnswer.safeParse({ choice: "rated", score: value.score });
  if (!rating.success) {
    throw lineProblem(line, "score", "scoreOutOfRange", { said: quoted(value.score) });
  }
  const annotator = nameOf(value.annotator_hash ?? value.annotator, line, "annotator_hash");
  return {
    ...rowOf(line, promptOf(value.prompt, line, "prompt")),
    ...itemOf({ line, value }),
    completions: completionsOf([
      {
        id: optionalName(value.completion_external_id, line, "completion_external_id"),
        text: answerIn(value.completion, line, "completion"),
        model: optionalName(value.model, line, "model"),
        exportedId: optionalName(value.completion_id, line, "completion_id"),
      },
    ]),
    ratings: [{ annotator, completion: 0, score: rating.data.score, ...voteDetails({ line, value }) }],
  };
}

/** A row of our export of texts to imitate: a conversation that ends with the answer. */
export function readSftRow({ line, value }: JsonRow): ImportRow {
  const messages = messagesOf(value.messages, line, "messages", true);
  const [prompt, turns] = promptAndAnswer(messages, value.answer_turns, line);
  const answer = answerOfTurns(turns, line, "messages");
  if (answer === null || prompt.length === 0) throw lineProblem(line, "messages", "messagesEndWithAnswer");
  return {
    ...rowOf(line, prompt),
    ...itemOf({ line, value }),
    labelId: optionalName(value.label_id, line, "label_id"),
    completions: completionsOf([
      {
        id: optionalName(value.completion_external_id, line, "completion_external_id"),
        text: answer,
        model: optionalName(value.model, line, "model"),
        exportedId: optionalName(value.completion_id, line, "completion_id"),
      },
    ]),
  };
}

function answerOf({ line, value }: JsonRow): PreferenceAnswer | RatingAnswer {
  const answer = z.union([PreferenceAnswer, RatingAnswer]).safeParse(value.answer);
  if (answer.success) return answer.data;
  throw lineProblem(line, "answer", "unknownAnswer");
}

function completionsIn({ line, value }: JsonRow) {
  if (!Array.isArray(value.completions)) throw lineProblem(line, "completions", "completionList");
  return completionsOf(
    value.completions.map((item: unknown, index) => {
      const at = `completions.${index}`;
      if (!isObject(item)) throw lineProblem(line, at, "completionEntry");
      const exportedId = nameOf(item.id, line, `${at}.id`);
      const text = isAbsent(item.text) ? null : answerIn(item.text, line, `${at}.text`);
      const id = optionalName(item.external_id, line, `${at}.external_id`) ?? (text === null ? exportedId : null);
      const { trajectory } = item;
      return {
        id,
        text,
        model: optionalName(item.model, line, `${at}.model`),
        exportedId,
        ...(isObject(trajectory) ? { trajectory: plainJson(trajectory) } : {}),
      };
    }),
  );
}

/** Which of the turns are the answer: the last one, unless the row says how many are. */
function promptAndAnswer(messages: readonly Message[], said: unknown, line: number): [Message[], Message[]] {
  const turns = isAbsent(said) ? 1 : numberOf(said, line, "answer_turns");
  const start = Number.isInteger(turns) && turns >= 1 ? Math.max(0, messages.length - turns) : messages.length;
  return [messages.slice(0, start), messages.slice(start)];
}

/** The text of an answer: of a trajectory it may be longer. */
function answerIn(value: unknown, line: number, field: string): string {
  const isOfAgent = typeof value === "string" && isTrajectory(value);
  return textOf(value, line, field, isOfAgent ? longestTrajectory : longestText);
}

function shownOrderOf({ line, value }: JsonRow): number[] {
  const order = String(value.shown_order);
  if (order === "0,1") return [0, 1];
  if (order === "1,0") return [1, 0];
  throw lineProblem(line, "shown_order", "shownOrder");
}
