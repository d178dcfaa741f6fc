import type { Message, TrajectoryStep } from "@touchstone/contracts";
import { completionsOf, type ImportCompletion, type ImportRow, rowOf } from "../import-row.ts";
import { textOfPart } from "../media/parts.ts";
import { nameOf, optionalName, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { jsonText, plainJson } from "../read/json-text.ts";
import { lineProblem } from "../read/line-problem.ts";
import { answerText } from "./answer-turns.ts";
import { isAbsent, itemOf } from "./origin.ts";

/** A step's text may be as long as the whole answer: the bound is on all of them together. */
const longestStep = 1_000_000;

/** Documents of one task, which `joinTasks` has put into one row. */
export interface JoinedRow extends JsonRow {
  readonly joined?: readonly JsonRow[];
}

/**
 * A document of ATIF is an answer to its first steps, those of the user and of the system; several of one task are answers
 * to one prompt.
 */
export function readAtif(row: JoinedRow): ImportRow {
  const [first, ...others] = (row.joined ?? [row]).map(trajectoryOf);
  if (first === undefined) throw lineProblem(row.line, null, "atifObject");
  return {
    ...rowOf(row.line, first.prompt),
    ...itemOf(row),
    completions: completionsOf([first, ...others].map(({ answer }) => answer)),
  };
}

/** What tells tasks apart: the prompt, and what the row says of its item. Null where the document cannot be read. */
export function taskOf(row: JsonRow): string | null {
  try {
    return jsonText([trajectoryOf(row).prompt, itemOf(row)]);
  } catch {
    return null;
  }
}

type Answer = Omit<ImportCompletion, "key"> & { readonly id: string | null };

function trajectoryOf({ line, value }: JsonRow): { prompt: Message[]; answer: Answer } {
  const version = textOf(value.schema_version, line, "schema_version");
  if (!/^ATIF-v1(\.\d{1,4})*$/.test(version)) throw lineProblem(line, "schema_version", "atifVersion");
  const { steps: given } = value;
  if (!Array.isArray(given) || given.length === 0) throw lineProblem(line, "steps", "atifSteps");
  const steps = given.map((step: unknown, index) => stepOf(step, index, line));
  const start = steps.findIndex(({ source, observation }) => source === "agent" || observation !== undefined);
  if (!steps.some(({ source }) => source === "agent")) throw lineProblem(line, "steps", "atifNoAgent");
  if (start <= 0) throw lineProblem(line, "steps", "atifNoPrompt");
  const { agent } = value;
  const model = isObject(agent) ? optionalName(agent.model_name ?? agent.name, line, "agent") : null;
  return {
    prompt: steps.slice(0, start).map((step, index) => turnOf(step, line, `steps.${index}`)),
    answer: {
      id: optionalName(value.trajectory_id, line, "trajectory_id"),
      text: answerText(steps.slice(start), line, "steps", version),
      model,
      trajectory: plainJson(value),
    },
  };
}

function turnOf({ source, message }: TrajectoryStep, line: number, at: string): Message {
  const content = textOf(message, line, `${at}.message`);
  if (content === "") throw lineProblem(line, `${at}.message`, "empty");
  return { role: source === "system" ? "system" : "user", content };
}

const sources = ["user", "agent", "system"] as const;

function stepOf(step: unknown, index: number, line: number): TrajectoryStep {
  const at = `steps.${index}`;
  if (!isObject(step)) throw lineProblem(line, at, "atifObject");
  if (step.step_id !== index + 1) throw lineProblem(line, `${at}.step_id`, "atifStepId", { expected: index + 1 });
  const source = sources.find((known) => known === step.source);
  if (source === undefined) throw lineProblem(line, `${at}.source`, "atifSource");
  const agentOnly = ["reasoning_content", "tool_calls"].find((name) => isGiven(step[name]));
  if (source !== "agent" && agentOnly !== undefined) {
    throw lineProblem(line, `${at}.${agentOnly}`, "atifAgentOnly", { source });
  }
  const calls = isGiven(step.tool_calls) ? callsOf(step.tool_calls, line, `${at}.tool_calls`) : [];
  const ids = new Set(calls.map(({ tool_call_id }) => tool_call_id));
  return {
    step_id: index + 1,
    source,
    message: textIn(step.message ?? "", line, `${at}.message`),
    ...(isGiven(step.reasoning_content)
      ? { reasoning_content: textIn(step.reasoning_content, line, `${at}.reasoning_content`) }
      : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(isGiven(step.observation)
      ? { observation: observationOf(step.observation, ids, line, `${at}.observation`) }
      : {}),
  };
}

function callsOf(value: unknown, line: number, at: string): NonNullable<TrajectoryStep["tool_calls"]> {
  if (!Array.isArray(value)) throw lineProblem(line, at, "toolCallForm");
  const seen = new Set<string>();
  return value.map((call: unknown, index) => {
    const path = `${at}.${index}`;
    if (!isObject(call)) throw lineProblem(line, path, "atifObject");
    const id = nameOf(call.tool_call_id, line, `${path}.tool_call_id`);
    if (seen.has(id)) throw lineProblem(line, `${path}.tool_call_id`, "atifCallTwice");
    seen.add(id);
    return {
      tool_call_id: id,
      function_name: nameOf(call.function_name, line, `${path}.function_name`),
      arguments: jsonText(call.arguments ?? {}),
    };
  });
}

function observationOf(
  value: unknown,
  calls: ReadonlySet<string>,
  line: number,
  at: string,
): NonNullable<TrajectoryStep["observation"]> {
  if (!isObject(value) || !Array.isArray(value.results)) throw lineProblem(line, at, "atifObject");
  const results = value.results.map((result: unknown, index) => {
    const path = `${at}.results.${index}`;
    if (!isObject(result)) throw lineProblem(line, path, "atifObject");
    const call = optionalName(result.source_call_id, line, `${path}.source_call_id`);
    if (call !== null && !calls.has(call)) throw lineProblem(line, `${path}.source_call_id`, "atifCallUnknown");
    const said = isAbsent(result.content) ? "" : textIn(result.content, line, `${path}.content`);
    return {
      ...(call === null ? {} : { source_call_id: call }),
      content: [said, ...subagentsOf(result.subagent_trajectory_ref)].filter((text) => text !== "").join("\n"),
    };
  });
  return { results };
}

/** What another agent did is a trajectory of its own; that it was asked is said, and its document goes out with this one. */
function subagentsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((ref: unknown) => {
    const id = isObject(ref) ? (ref.trajectory_id ?? ref.session_id ?? ref.trajectory_path) : undefined;
    return typeof id === "string" ? `[trajectory ${id}]` : "[trajectory]";
  });
}

/** A text, or parts of text. Pictures of a trajectory lie in files beside it, which a row can't bring along. */
function textIn(value: unknown, line: number, at: string): string {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const texts = parts.map((part, index) => {
    const text = typeof part === "object" ? textOfPart(part) : textOf(part, line, at, longestStep);
    // A picture that the project has stands as a mark in the text (`withMarks`), and would be no more than that.
    const isText = text !== null && !text.includes("\uE000");
    if (!isText) throw lineProblem(line, Array.isArray(value) ? `${at}.${index}` : at, "atifPart");
    return textOf(text, line, at, longestStep);
  });
  return texts.join("\n\n");
}

function isGiven(value: unknown): boolean {
  return !isAbsent(value) && !(Array.isArray(value) && value.length === 0);
}
