import type { Message } from "@touchstone/contracts";
import { messagesOf } from "../formats/messages.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName, quoted, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { judgedByRanks, rankAt } from "./ranks.ts";
import { nameIn, objectsAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

type Node = JsonRow["value"];

/**
 * OpenAssistant's trees: wherever the assistant answers, the conversation so far is a prompt, and the answers there are ranked
 * by `rank`, 0 the best. All prompts of a tree are one cluster.
 */
export const oasst: Shape = {
  format: "oasst",
  roles: { message_tree_id: "cluster", prompt: "prompt" },
  // The first message is called as its tree.
  entries: { prompt: ["message_id", "lang", "replies"] },
  // Messages a row each are taken for it too, so that they are refused by name.
  matches: (file) => file.has("message_tree_id") && (file.within("prompt") || file.has("message_id", "role", "text")),
  expand,
  read: readReplies,
};

/** One row for each message that has answers; of a tree without any its first message. */
function expand({ line, value }: JsonRow): JsonRow[] {
  const { message_tree_id, prompt } = value;
  // One that can't be taken apart is refused where it is read.
  if (!isObject(prompt)) return [{ line, value }];
  const rows: JsonRow[] = [];
  const row = (path: readonly Node[], answers: readonly Node[]) => ({
    line,
    value: { message_tree_id, path, answers },
  });
  const open: (readonly Node[])[] = [[prompt]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const replies = repliesOf(path.at(-1));
    const answers = replies.filter(({ role }) => role === "assistant");
    if (answers.length > 0) rows.push(row(path, answers));
    for (const reply of replies.toReversed()) open.push([...path, reply]);
  }
  return rows.length === 0 ? [row([prompt], [])] : rows;
}

function repliesOf(node: Node | undefined): Node[] {
  return Array.isArray(node?.replies) ? node.replies.filter(isObject) : [];
}

function readReplies(row: JsonRow): ImportRow {
  const { line, value } = row;
  if (!Array.isArray(value.path)) {
    const isMessage = value.prompt === undefined && value.text !== undefined;
    throw isMessage ? lineProblem(line, "text", "oasstMessage") : lineProblem(line, "prompt", "treeForm");
  }
  const path = objectsAt(value.path, line, "prompt");
  const answers = objectsAt(value.answers, line, "prompt.replies");
  const completions = completionsOf(
    answers.map(({ message_id, text, model_name }) => ({
      id: optionalName(message_id, line, "prompt.replies.message_id"),
      text: textOf(text, line, "prompt.replies.text"),
      model: optionalName(model_name, line, "prompt.replies.model_name"),
    })),
  );
  const ranks = answers.map(({ rank }) => rankAt(rank, line, "prompt.replies.rank"));
  return {
    ...rowOf(
      line,
      messagesOf(
        path.map((node) => turnOf(node, line)),
        line,
        "prompt",
      ),
    ),
    cluster: nameIn(row, "message_tree_id"),
    language: optionalName(path[0]?.lang, line, "prompt.lang"),
    completions,
    ...judgedByRanks(completions, ranks, { annotator: unnamedAnnotator }, line, "prompt.replies.rank"),
  };
}

function turnOf({ role, text }: Node, line: number): Pick<Message, "role" | "content"> {
  const said = role === "prompter" ? "user" : role;
  if (said !== "user" && said !== "assistant") {
    throw lineProblem(line, "prompt.role", "unknownRole", { roles: "prompter, assistant", said: quoted(role) });
  }
  return { role: said, content: textOf(text, line, "prompt.text") };
}
