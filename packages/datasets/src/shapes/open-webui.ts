import type { Message } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { asNumber, nameOf, optionalName, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { nameIn, objectAt, optionalText, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

/** Longer than any chat: a circle of parents ends here. */
const mostTurns = 1000;
const historyAt = "snapshot.chat.chat.history";

/** Open WebUI's export of feedback: thumbs up or down of one message of a chat, with the chat beside it. */
export const openWebui: Shape = {
  format: "open-webui",
  roles: {
    ...{ id: "id", user_id: "annotator", created_at: "kept", [historyAt]: "prompt" },
    ...{ "data.rating": "vote", "data.model_id": "model", "data.reason": "kept", "data.comment": "kept" },
    ...{ "meta.message_id": "answerId", "meta.chat_id": "cluster" },
  },
  question: () => "good-or-bad",
  matches: (file) => file.has("data.rating", "meta.message_id") && file.within("snapshot"),
  read: readFeedback,
};

function readFeedback(row: JsonRow): ImportRow {
  const { line, value } = row;
  const [data, meta] = [objectAt(value.data, line, "data"), objectAt(value.meta, line, "meta")];
  const messages = messagesIn(value.snapshot, line);
  const id = nameOf(meta.message_id, line, "meta.message_id");
  const judged = Object.hasOwn(messages, id) ? messages[id] : undefined;
  if (!isObject(judged)) {
    throw lineProblem(line, "meta.message_id", "voteForNone", { said: id, known: knownIds(messages) });
  }
  const rating = wholeAt(data.rating, line, "data.rating", -1, 1);
  const why = ["reason", "comment"].flatMap((name) => optionalText(data[name], line, `data.${name}`) ?? []);
  const created = asNumber(value.created_at);
  const origin = {
    ...{ labelId: null, annotator: null, margin: null, timings: null },
    createdAt: created === undefined ? null : new Date(created * 1000).toISOString(),
  };
  return {
    ...rowOf(line, pathTo(judged, messages, line)),
    itemId: nameIn(row, "id"),
    cluster: optionalName(meta.chat_id, line, "meta.chat_id"),
    completions: completionsOf([
      {
        id: null,
        text: textOf(judged.content, line, `${historyAt}.messages.${id}.content`),
        model: optionalName(data.model_id ?? judged.model, line, "data.model_id"),
      },
    ]),
    judgements:
      rating === 0
        ? []
        : [
            {
              questionnaire: "good-or-bad",
              sides: [0],
              annotator: nameIn(row, "user_id") ?? unnamedAnnotator,
              answer: { chosen: [rating === 1 ? "good" : "bad"] },
              ...(why.length === 0 ? {} : { comment: why.join(": ") }),
              ...(origin.createdAt === null ? {} : { origin }),
            },
          ],
  };
}

function messagesIn(snapshot: unknown, line: number): JsonRow["value"] {
  const chat = objectAt(objectAt(snapshot, line, "snapshot").chat, line, "snapshot.chat");
  const inner = objectAt(chat.chat, line, "snapshot.chat.chat");
  const history = objectAt(inner.history, line, historyAt);
  return objectAt(history.messages, line, `${historyAt}.messages`);
}

/** What was said before the message, from the first turn on. */
function pathTo(judged: JsonRow["value"], messages: JsonRow["value"], line: number): Message[] {
  const turns: Message[] = [];
  for (let id = judged.parentId; !isAbsent(id) && turns.length < mostTurns; ) {
    const at = `${historyAt}.messages.${String(id)}`;
    const turn = typeof id === "string" && Object.hasOwn(messages, id) ? messages[id] : undefined;
    if (!isObject(turn)) throw lineProblem(line, at, "missing");
    const role = turn.role === "user" || turn.role === "system" ? turn.role : "assistant";
    turns.unshift({ role, content: textOf(turn.content, line, `${at}.content`) });
    id = turn.parentId;
  }
  if (turns.length === 0) throw lineProblem(line, historyAt, "messagesBeginWithAnswer");
  return turns;
}

function knownIds(messages: JsonRow["value"]): string {
  return Object.keys(messages).slice(0, 5).join(", ");
}
