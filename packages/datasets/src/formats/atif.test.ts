import { DomainError, stepsOf, trajectoryIn } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { turnsOfAnswer } from "./answer-turns.ts";

const step = (step_id: number, source: string, more: object) => ({ step_id, source, ...more });
const asked = [
  step(1, "system", { message: "Use the tools." }),
  step(2, "user", { message: "How warm is it in Oslo?" }),
];
const call = { tool_call_id: "c1", function_name: "weather", arguments: { city: "Oslo", id: 1 } };
const observed = { results: [{ source_call_id: "c1", content: "−3 °C" }] };
function document(id: string, said: string, more: object = {}) {
  return {
    schema_version: "ATIF-v1.7",
    trajectory_id: id,
    agent: { name: "walker", version: "1", model_name: `model-${id}` },
    steps: [
      ...asked,
      step(3, "agent", { message: "I look.", reasoning_content: "A call.", tool_calls: [call], observation: observed }),
      step(4, "agent", { message: said, metrics: { completion_tokens: 7 } }),
    ],
    final_metrics: null,
    ...more,
  };
}
type Document = ReturnType<typeof document>;

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const list: Row[] = [];
  for await (const row of rows) list.push(row);
  return list;
}
async function* bytesOf(rows: readonly object[]) {
  yield new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
async function read(rows: readonly object[], leaveOut = false) {
  return all(readImport(bytesOf(rows), { format: "atif" }, { leaveOut }));
}
async function refusal(change: (given: Document) => object): Promise<[string | undefined, string | undefined]> {
  const [issue] = await read([change(document("a", "Cold."))]).then(
    () => [],
    (error) => (error instanceof DomainError ? (error.issues ?? []) : Promise.reject(error)),
  );
  return [issue?.path, issue?.reason];
}

it("takes documents of one task that follow each other as answers to one prompt, whole and without a model's name in them", async () => {
  const documents = [
    document("a", "Cold."),
    document("b", "−3 °C."),
    { ...document("c", "Warm."), external_id: "other" },
  ];
  const rows = await read(documents);
  expect(rows.map(({ line, itemId, completions }) => [line, itemId, completions.map(({ key }) => key)])).toEqual([
    [1, null, ["id:a", "id:b"]],
    [3, "other", ["id:c"]],
  ]);
  const [first] = rows;
  expect(first?.prompt).toEqual([
    { role: "system", content: "Use the tools." },
    { role: "user", content: "How warm is it in Oslo?" },
  ]);
  const [answer] = first?.completions ?? [];
  expect(answer).toMatchObject({ model: "model-a", trajectory: documents[0] });
  expect(answer?.text).not.toMatch(/model-a|walker|completion_tokens/);
  expect(trajectoryIn(answer?.text ?? null)?.steps.map(({ step_id, source }) => [step_id, source])).toEqual([
    [3, "agent"],
    [4, "agent"],
  ]);
  expect(stepsOf(answer?.text ?? "", "lines")).toEqual([
    'A call.\n\nI look.\n\nweather({"city":"Oslo","id":1})\n\n→ −3 °C',
    "Cold.",
  ]);
  expect(turnsOfAnswer(answer?.text ?? "")).toEqual([
    {
      role: "assistant",
      content: "I look.",
      tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo","id":1}' } }],
    },
    { role: "tool", content: "−3 °C", tool_call_id: "c1" },
    { role: "assistant", content: "Cold." },
  ]);
});

it("leaves out no neighbour of a document that cannot be read", async () => {
  const rows = await read(
    [document("a", "Cold."), { ...document("b", "−3"), steps: [] }, document("c", "Warm.")],
    true,
  );
  expect(rows.flatMap(({ completions }) => completions.map(({ key }) => key))).toEqual(["id:a", "id:c"]);
});

it("is recognised by its content, and its receipt says what becomes of each part", async () => {
  const rows = [document("a", "Cold."), document("b", "−3 °C.")];
  const file = { read: () => bytesOf(rows), sha256: "0".repeat(64) };
  const { receipt, refusal } = await makeReceipt(file, { source: null, asked: null, overlap: 1 });
  expect(refusal).toBeNull();
  expect(receipt).toMatchObject({ format: "atif", reason: "trajectories", question: "preference", warnings: [] });
  expect(receipt.counts).toMatchObject({ rows: 2, prompts: 1, answers: 2, tasks: 1, badRows: 0 });
  expect(receipt.columns.filter(({ role }) => role === "unused")).toEqual([]);
});

it.each<[string, (given: Document) => object, string]>([
  ["schema_version", (one) => ({ ...one, schema_version: "ATIF-v2.0" }), "atifVersion"],
  ["steps", (one) => ({ ...one, steps: one.steps.slice(0, 2) }), "atifNoAgent"],
  ["steps", (one) => ({ ...one, steps: [{ ...one.steps[2], step_id: 1 }] }), "atifNoPrompt"],
  ["steps.1.step_id", (one) => ({ ...one, steps: one.steps.toSpliced(1, 1) }), "atifStepId"],
  ["steps.0.source", (one) => ({ ...one, steps: one.steps.with(0, step(1, "tool", {})) }), "atifSource"],
  [
    "steps.1.tool_calls",
    (one) => ({ ...one, steps: one.steps.with(1, step(2, "user", { tool_calls: [call] })) }),
    "atifAgentOnly",
  ],
  [
    "steps.2.tool_calls.1.tool_call_id",
    (one) => ({ ...one, steps: one.steps.with(2, step(3, "agent", { tool_calls: [call, call] })) }),
    "atifCallTwice",
  ],
  [
    "steps.2.observation.results.0.source_call_id",
    (one) => ({ ...one, steps: one.steps.with(2, step(3, "agent", { observation: observed })) }),
    "atifCallUnknown",
  ],
  [
    "steps.3.message.0",
    (one) => ({ ...one, steps: one.steps.with(3, step(4, "agent", { message: [{ type: "video", path: "a" }] })) }),
    "atifPart",
  ],
  [
    "steps",
    (one) => ({
      ...one,
      steps: [...asked, ...Array.from({ length: 1_001 }, (_, at) => step(at + 3, "agent", { message: "x" }))],
    }),
    "atifTooManySteps",
  ],
  [
    "steps",
    (one) => ({ ...one, steps: one.steps.with(3, step(4, "agent", { message: "x".repeat(400_000) })) }),
    "atifTooLong",
  ],
])("names %s of a document that is out of form", async (path, change, reason) => {
  expect(await refusal(change)).toEqual([`lines.1.${path}`, reason]);
});
