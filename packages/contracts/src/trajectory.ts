import { z } from "zod";
import { isTrajectory } from "./is-trajectory.ts";

/** Steps of one trajectory, and its length as it is kept, in UTF-16 units: what a page can still show whole. */
export const mostTrajectorySteps = 1_000;
export const longestTrajectory = 400_000;

const TrajectoryCall = z.strictObject({
  tool_call_id: z.string(),
  function_name: z.string(),
  /** JSON, digit by digit as it stood in the file. */
  arguments: z.string(),
});

const TrajectoryResult = z.strictObject({ source_call_id: z.string().optional(), content: z.string() });

export const TrajectoryStep = z.strictObject({
  step_id: z.number().int().min(1),
  source: z.enum(["user", "agent", "system"]),
  message: z.string(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(TrajectoryCall).min(1).optional(),
  observation: z.strictObject({ results: z.array(TrajectoryResult) }).optional(),
});
export type TrajectoryStep = z.infer<typeof TrajectoryStep>;

/**
 * What an agent did to answer a prompt: the steps of an ATIF document (Agent Trajectory Interchange Format, Harbor's RFC
 * 0001) after those that asked for it, with what people are shown of them. Names of agents and models, times, costs and
 * tokens are no part of it: they stay with the document, which exports give back whole.
 */
export const Trajectory = z.strictObject({
  schema_version: z.string(),
  steps: z.array(TrajectoryStep).min(1).max(mostTrajectorySteps),
});
export type Trajectory = z.infer<typeof Trajectory>;

/** A trajectory as the text of an answer, in which `trajectoryIn` finds it again. */
export function trajectoryText({ schema_version, steps }: Trajectory): string {
  return JSON.stringify({ schema_version, steps });
}

/** The trajectory that an answer is; null of any other text. */
export function trajectoryIn(text: string | null): Trajectory | null {
  if (!isTrajectory(text)) return null;
  try {
    return Trajectory.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A step in words: what the agent thought and said, what it called, and what came back. */
export function stepText({ message, reasoning_content, tool_calls = [], observation }: TrajectoryStep): string {
  const calls = tool_calls.map((call) => `${call.function_name}(${call.arguments})`);
  const results = (observation?.results ?? []).map(({ content }) => `→ ${content}`);
  return [reasoning_content ?? "", message, ...calls, ...results]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The steps of a trajectory in words, each in its place: a step in which nothing was said stands with its number. */
export function trajectorySteps({ steps }: Trajectory): string[] {
  return steps.map((step) => stepText(step) || `(${step.source} ${step.step_id})`);
}
