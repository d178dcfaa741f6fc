import { GenerateSpec } from "@touchstone/contracts";
import {
  type Database,
  insertEvaluationTasks,
  promptsForGeneration,
  registerModel,
  succeedRun,
  takeRun,
} from "@touchstone/persistence";

/** The two that an evaluation compares: models of no weights, since nobody asks them anything. */
export type Policies = readonly [candidate: string, baseline: string];

/** Registers both in a workspace. */
export async function twoPolicies(db: Database, workspaceId: string): Promise<Policies> {
  const policy = (sha256: string) =>
    registerModel(db, { files: [], parameters: 1, spec: {}, sha256, workspaceId, kind: "policy", name: "policy" });
  return [await policy("1".repeat(64)), await policy("2".repeat(64))];
}

/** Writes the answers of an evaluation as its run would: the candidate says "new" to everything, the baseline "old". */
export async function answerEvaluation(db: Database, evaluationId: string, policies: Policies): Promise<void> {
  const { id } = await db.run.findFirstOrThrow({ where: { evaluationId } });
  const run = await takeRun(db, id);
  if (!run) throw new Error("the run could not be taken");
  const { workspaceId, projectId } = run;
  const spec = GenerateSpec.parse(run.spec);
  const prompts = await promptsForGeneration(db, { workspaceId, projectId, evaluation: true }, run.seed, spec.prompts);
  // As the worker has them: all of one policy, then all of the other.
  const answers = policies.flatMap((modelVersionId, place) =>
    prompts.map((prompt) => ({
      promptId: prompt.id,
      modelVersionId,
      text: place === 0 ? "new" : "old",
      seed: 1,
      finishReason: "end",
      contender: place,
    })),
  );
  await succeedRun(db, workspaceId, { runId: run.id, token: run.fencingToken }, null, (tx) =>
    insertEvaluationTasks(tx, run, spec, answers),
  );
}
