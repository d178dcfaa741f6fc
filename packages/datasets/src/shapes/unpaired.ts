import { isAbsent, itemOf, voteDetails } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { booleanOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { itemRoles, judgedRoles } from "./item-roles.ts";
import { answerAt, conversationAt, instructionIn, nameIn, promptAt, withSystem } from "./reading.ts";
import type { Shape } from "./shape.ts";

const labels = ["label", "kto_tag"] as const;
const conversations = ["messages", "conversations"] as const;

/**
 * One answer, wanted or not: TRL's unpaired preference and OpenRLHF's (prompt, completion or response, label), LLaMA-Factory's KTO
 * (kto_tag) and ms-swift's (messages, label).
 */
export const unpaired: Shape = {
  format: "unpaired",
  roles: {
    ...{ prompt: "prompt", instruction: "prompt", input: "prompt", history: "prompt", system: "system" },
    ...{ completion: "answer", response: "answer", output: "answer", messages: "answer", conversations: "answer" },
    ...{ label: "vote", kto_tag: "vote", model: "model" },
    ...{ completion_id: "kept", completion_external_id: "answerId" },
    ...itemRoles,
    ...judgedRoles,
  },
  question: () => "good-or-bad",
  matches: (file) => {
    const label = file.first(...labels);
    if (label === undefined || !file.saysOnly(label, "true", "false")) return false;
    if (conversations.some((name) => file.is(name, "turns"))) return !file.within("rejected_response");
    return (
      file.first("prompt", "instruction") !== undefined && file.first("completion", "response", "output") !== undefined
    );
  },
  read: readUnpaired,
};

function readUnpaired(row: JsonRow): ImportRow {
  const { line, value } = row;
  const label = labels.find((name) => !isAbsent(value[name])) ?? "label";
  const isGood = booleanOf(value[label], line, label, "notBooleanWanted");
  const { prompt, answer } = askedAndAnswered(row);
  const id = nameIn(row, "completion_external_id");
  return {
    ...rowOf(line, prompt),
    ...itemOf(row),
    completions: completionsOf([
      { id, text: answer, model: nameIn(row, "model"), exportedId: nameIn(row, "completion_id") },
    ]),
    judgements: [
      {
        questionnaire: "good-or-bad",
        sides: [0],
        annotator: nameIn(row, "annotator_hash", "annotator") ?? unnamedAnnotator,
        answer: { chosen: [isGood ? "good" : "bad"] },
        ...voteDetails(row),
      },
    ],
  };
}

function askedAndAnswered({ line, value }: JsonRow) {
  const whole = conversations.find((name) => !isAbsent(value[name]));
  const { prompt, answer } =
    whole === undefined ? inColumns({ line, value }) : conversationAt(value[whole], line, whole);
  return { prompt: withSystem({ line, value }, prompt), answer };
}

function inColumns({ line, value }: JsonRow) {
  const field = ["completion", "response", "output"].find((name) => !isAbsent(value[name])) ?? "completion";
  const answer = answerAt(value[field], line, field);
  if (!isAbsent(value.prompt)) return { prompt: promptAt(value.prompt, line, "prompt"), answer };
  return { prompt: instructionIn({ line, value }), answer };
}
