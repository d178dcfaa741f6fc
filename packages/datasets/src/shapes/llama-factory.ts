import type { Message } from "@touchstone/contracts";
import { isAbsent, itemOf } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { preferredRoles, preferredRow } from "./preferred.ts";
import { answerAt, instructionIn, nameIn, promptAt, withSystem } from "./reading.ts";
import type { Shape } from "./shape.ts";

/**
 * LLaMA-Factory's layouts. Alpaca's: an instruction with its input, the exchanges before it as `history`, what the system says,
 * and chosen and rejected, or one output. Sharegpt's: the conversation, and chosen and rejected as turns.
 */
export const llamaFactory: Shape = {
  format: "llama-factory",
  roles: {
    ...{ instruction: "prompt", input: "prompt", history: "prompt", conversations: "prompt" },
    ...{ chosen: "better", rejected: "worse", output: "answer", model: "model" },
    ...preferredRoles,
  },
  question: (file) => (file.within("chosen") ? "preference" : "rating"),
  matches: (file) => {
    if (file.within("chosen") && file.within("rejected")) {
      return file.has("instruction") || file.is("conversations", "turns");
    }
    // Without exchanges before it the usual names say it all, and any column can be given another role.
    return file.has("instruction", "output", "history");
  },
  read: (row) => {
    if (isAbsent(row.value.chosen) && !isAbsent(row.value.output)) return oneAnswer(row);
    return preferredRow(row, {
      ...{ prompt: promptOf(row), better: "chosen", worse: "rejected" },
      ...{ step: 2, margin: null },
    });
  },
};

function promptOf(row: JsonRow): Message[] {
  const { line, value } = row;
  return isAbsent(value.conversations) ? instructionIn(row) : promptAt(value.conversations, line, "conversations");
}

function oneAnswer(row: JsonRow): ImportRow {
  const { line, value } = row;
  const item = itemOf(row);
  const text = answerAt(value.output, line, "output");
  return {
    ...rowOf(line, withSystem(row, promptOf(row))),
    ...item,
    itemId: item.itemId ?? nameIn(row, "id"),
    completions: completionsOf([{ id: null, text, model: nameIn(row, "model") }]),
  };
}
