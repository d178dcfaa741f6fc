import {
  hasToolTurns,
  longestTrajectory,
  type Message,
  mostTrajectorySteps,
  type TrajectoryStep,
  trajectoryIn,
  trajectoryText,
} from "@touchstone/contracts";
import { lineProblem } from "../read/line-problem.ts";

/**
 * The answer that turns are: the words of one turn of the assistant, or, where tools are called, the trajectory of them
 * all. Null where they are no answer.
 */
export function answerOfTurns(turns: readonly Message[], line: number, field: string): string | null {
  const [first, ...more] = turns;
  if (first?.role !== "assistant") return null;
  if (!hasToolTurns(turns)) return more.length === 0 ? first.content : null;
  return answerText(stepsOfTurns(turns), line, field);
}

/** A trajectory as the text of an answer. @throws DomainError invalid_line where it is larger than an answer may be. */
export function answerText(
  steps: readonly TrajectoryStep[],
  line: number,
  field: string,
  schema_version = "ATIF-v1.7",
): string {
  if (steps.length > mostTrajectorySteps) {
    throw lineProblem(line, field, "atifTooManySteps", { count: steps.length, limit: mostTrajectorySteps });
  }
  const text = trajectoryText({ schema_version, steps: [...steps] });
  if (text.length > longestTrajectory) {
    throw lineProblem(line, field, "atifTooLong", { count: text.length, limit: longestTrajectory });
  }
  return text;
}

/** Each turn is a step, but results of tools, which belong to the step before them. */
function stepsOfTurns(turns: readonly Message[]): TrajectoryStep[] {
  const steps: TrajectoryStep[] = [];
  for (const { role, content, tool_calls, tool_call_id } of turns) {
    const before = steps.at(-1);
    if (role === "tool" && before) {
      const result = { ...(tool_call_id === undefined ? {} : { source_call_id: tool_call_id }), content };
      before.observation = { results: [...(before.observation?.results ?? []), result] };
      continue;
    }
    steps.push({
      step_id: steps.length + 1,
      source: role === "user" || role === "system" ? role : "agent",
      message: content,
      ...(tool_calls === undefined
        ? {}
        : {
            tool_calls: tool_calls.map(({ id, function: { name, arguments: given } }) => ({
              tool_call_id: id,
              function_name: name,
              arguments: given,
            })),
          }),
    });
  }
  return steps;
}

/** An answer as turns of a chat: of a trajectory each step, and after it what its tools gave back. */
export function turnsOfAnswer(text: string): readonly Message[] {
  const trajectory = trajectoryIn(text);
  if (trajectory === null) return [{ role: "assistant", content: text }];
  return trajectory.steps.flatMap(({ source, message, tool_calls, observation }): Message[] => [
    {
      role: source === "agent" ? "assistant" : source,
      content: message,
      ...(tool_calls === undefined
        ? {}
        : {
            tool_calls: tool_calls.map((call) => ({
              id: call.tool_call_id,
              type: "function" as const,
              function: { name: call.function_name, arguments: call.arguments },
            })),
          }),
    },
    ...(observation?.results ?? []).map(
      ({ source_call_id, content }): Message => ({
        role: "tool",
        content,
        ...(source_call_id === undefined ? {} : { tool_call_id: source_call_id }),
      }),
    ),
  ]);
}
