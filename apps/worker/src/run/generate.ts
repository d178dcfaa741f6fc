import { type GenerateSpec, reasonedError } from "@touchstone/contracts";
import {
  addAlert,
  type ContenderAnswer,
  type Contest,
  evaluationContest,
  insertCandidates,
  insertEvaluationTasks,
  promptsForGeneration,
  succeedRun,
} from "@touchstone/persistence";
import { askEndpoint } from "./asking/ask-endpoint.ts";
import type { HeldRun } from "./context.ts";
import { listenTo } from "./listener.ts";
import { loadModel, loadReward } from "./load.ts";
import { marked, tellOfSelfNamed } from "./self-named.ts";
import { RunFailure, runInThread } from "./thread.ts";

interface Contenders {
  /** The policy alone, or all that a blind evaluation compares, the candidate first. */
  readonly modelIds: readonly string[];
  readonly bestOf: Contest["bestOf"];
}

/** Which models answer, and what chooses among the first one's answers. */
async function answering(held: HeldRun, spec: GenerateSpec): Promise<Contenders> {
  const { run } = held;
  if (!run.policyId) {
    const { code, message, values, reason } = reasonedError("policyUnpublished");
    throw new RunFailure(code, message, values, reason);
  }
  if (spec.purpose === "candidates") return { modelIds: [run.policyId], bestOf: null };
  const { rivals, bestOf } = await evaluationContest(held.db, run);
  return { modelIds: [run.policyId, ...rivals], bestOf };
}

/** What the choice of a reward model came to: where it hardly told the answers apart, nor will people. */
async function tellOfChoice({ db, fence }: HeldRun, values: { samples: number; count: number; gain: number }) {
  const { samples, count, gain } = values;
  const message = `Of ${samples} answers of the new policy to each of ${count} prompts the reward model chose one; its choices score ${gain.toFixed(2)} more than all of them on average.`;
  await addAlert(db, fence, { step: 0, level: "note", code: "best_of", values, message });
}

/** Samples, then writes answers and tasks in the transaction that ends the run: they appear once or not at all. */
export async function generate(held: HeldRun, spec: GenerateSpec): Promise<void> {
  const { run, db, fence } = held;
  if (run.endpointId !== null) return askEndpoint(held, run.endpointId, spec);
  const evaluation = spec.purpose === "evaluation";
  const where = { workspaceId: run.workspaceId, projectId: run.projectId, evaluation };
  const prompts = await promptsForGeneration(db, where, run.seed, spec.prompts);
  if (prompts.length === 0)
    throw new RunFailure(
      evaluation ? "no_test_prompts" : "no_prompts",
      evaluation
        ? "This project has no prompts in the test split yet, which a tenth of all prompts falls into. Import more prompts."
        : "This project has no prompts to answer yet. Import some.",
    );
  const { modelIds, bestOf } = await answering(held, spec);
  const policies = [];
  for (const id of modelIds) policies.push((await loadModel(held, id)) ?? new Map<string, Uint8Array>());
  const reward = bestOf && ((await loadReward(held, bestOf.rewardId)) ?? new Map<string, Uint8Array>());
  const samples = spec.purpose === "evaluation" ? 1 : spec.samplesPerPrompt;
  const repeated = prompts.flatMap((prompt) => Array.from({ length: samples }, () => prompt));
  const listener = listenTo(held);
  const result = await runInThread(
    {
      type: "generate",
      engine: held.environment.TOUCHSTONE_ENGINE,
      seed: run.seed,
      sampling: spec.sampling,
      policies,
      prompts: repeated.map((prompt) => prompt.messages),
      bestOf: bestOf && reward && { samples: bestOf.samples, reward },
    },
    listener,
    held.stop,
    held.lost,
  );
  if (result.type !== "generated") throw new RunFailure("internal", "The training thread answered something else.");
  // Of what is chosen from, each answer is given and scored.
  const ofTheFirst = bestOf === null ? 1 : 2 * bestOf.samples;
  const done = (ofTheFirst + modelIds.length - 1) * repeated.length;
  await listener.onMetric(done, done, {});
  if (bestOf && result.gain !== null) {
    await tellOfChoice(held, { samples: bestOf.samples, count: repeated.length, gain: result.gain });
  }
  const sampled = modelIds.flatMap((modelVersionId, model) =>
    repeated.flatMap((prompt, index): ContenderAnswer[] => {
      const answer = result.answers[model]?.[index];
      return answer ? [{ ...answer, promptId: prompt.id, modelVersionId, seed: run.seed, contender: model }] : [];
    }),
  );
  const answers = marked(sampled);
  // Of an evaluation each prompt is asked of all that are compared: to leave some out would measure something else.
  await tellOfSelfNamed(held, answers, evaluation || spec.selfNamed === "ask");
  const insert = spec.purpose === "evaluation" ? insertEvaluationTasks : insertCandidates;
  await succeedRun(db, run.workspaceId, fence, null, (tx) => insert(tx, run, spec, answers));
}
