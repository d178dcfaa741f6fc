import { Comparison, DomainError, trajectoryIn } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { readImport } from "../read-import.ts";
import { readTraining } from "../training/read-training.ts";
import { trlPreferenceRow } from "../write/rows.ts";
import type { ImportSource } from "./import-source.ts";

const call = {
  id: "c1",
  type: "function",
  function: { name: "add", arguments: '{"a": 1, "b": 12345678901234567890}' },
};
const prompt = [
  { role: "user", content: "What is the sum?" },
  { role: "assistant", content: null, tool_calls: [call] },
  { role: "tool", tool_call_id: "c1", name: "add", content: "" },
];
const turns = [prompt[0], { role: "assistant", content: "", tool_calls: [call] }, prompt[2]];

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const list: Row[] = [];
  for await (const row of rows) list.push(row);
  return list;
}
async function* bytesOf(row: object) {
  yield new TextEncoder().encode(JSON.stringify(row));
}
const read = (row: object, source: ImportSource = { format: "prompts" }) => all(readImport(bytesOf(row), source));

it("reads calls of tools and their results, and says what is no call", async () => {
  const [row] = await read({ messages: prompt, completions: ["It is.", "It isn't."] });
  expect(row?.prompt).toEqual(turns);
  const refusal = async (message: object) => {
    const error = await read({ messages: [prompt[0], message] }).catch((cause: unknown) => cause);
    return error instanceof DomainError ? error.issues?.map(({ path, reason }) => [path.slice(8), reason]) : error;
  };
  expect(await refusal({ role: "assistant", content: "", tool_calls: [{ ...call, type: "search" }] })).toEqual([
    ["messages.1.tool_calls.0", "toolCallForm"],
  ]);
  expect(await refusal({ role: "user", content: "?", tool_calls: [call] })).toEqual([
    ["messages.1.tool_calls", "toolCallsElsewhere"],
  ]);
  expect(await refusal({ role: "user", content: "?", tool_call_id: "c1" })).toEqual([
    ["messages.1.tool_call_id", "toolResultElsewhere"],
  ]);
  expect(await refusal({ role: "assistant", content: null, function_call: call.function })).toEqual([
    ["messages.1.function_call", "functionCallFormer"],
  ]);
});

it("makes a trajectory of an answer that calls tools, and turns again of it in an export", async () => {
  const answers = ["Right.", "Wrong."].map((content, place) => [
    { role: "assistant", content: `Try ${place + 1}.`, tool_calls: [call] },
    turns[2],
    { role: "assistant", content },
  ]);
  const given = { prompt: [prompt[0]], chosen: answers[0], rejected: answers[1] };
  const [row] = await read(given, { format: "trl-preference" });
  const [good, bad] = row?.completions ?? [];
  expect(trajectoryIn(good?.text ?? null)?.steps.map(({ message }) => message)).toEqual(["Try 1.", "Right."]);
  const side = (text: string | null | undefined, completionId: string) => ({ completionId, text: text ?? "" });
  const form = Comparison.parse({
    ...{ kind: "comparison", judgementId: "j", annotator: "a", promptId: "p", split: "train", weight: 1 },
    ...{ outcome: 3, bothBad: false, first: "a", prompt: row?.prompt },
    ...{ a: side(good?.text, "1"), b: side(bad?.text, "2") },
  });
  const vote = {
    comment: "",
    flagged: false,
    createdAt: "",
    labelId: null,
    annotator: null,
    margin: null,
    timings: null,
  };
  const item = {
    externalId: null,
    gold: null,
    cluster: null,
    language: null,
    sourceText: null,
    exportedPromptId: null,
  };
  const out = trlPreferenceRow(form, { ...item, completions: new Map(), vote });
  // A name of a tool in a result is of the prompt's turns alone: an answer's is told by its call.
  const named = JSON.parse(JSON.stringify(answers).replaceAll('"name":"add","content"', '"content"'));
  expect([out?.chosen, out?.rejected]).toEqual(named);
});

it("trains on no file in which tools are called", async () => {
  const rows = [
    { messages: [...turns, { role: "assistant", content: "It is." }] },
    { prompt: turns, chosen: "a", rejected: "b" },
    { prompt: "?", completion: [{ role: "assistant", content: "", tool_calls: [call] }] },
  ];
  for (const row of rows) {
    await expect(all(readTraining(bytesOf(row), "train"))).rejects.toThrow(/training on files/);
  }
});
