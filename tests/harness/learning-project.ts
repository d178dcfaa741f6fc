import { randomUUID } from "node:crypto";
import { PretrainSpec, ProjectDraft } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { splitOf } from "@touchstone/labeling";
import {
  claimTasks,
  createProject,
  createWorkspaceWithAdmin,
  type Database,
  insertPrompts,
  insertTasks,
  registerModel,
  simulatedMembers,
  submitJudgement,
} from "@touchstone/persistence";
import { judgePair, practiceCorpus, practiceDemonstrations, simulatedAnnotator, utility } from "@touchstone/practice";
import { describeModel, runTrainer } from "@touchstone/rlhf";
import { submissionFor } from "./labelling-project.ts";
import { storeFiles } from "./store-files.ts";

export interface LearningProject {
  by: { workspaceId: string; id: string };
  projectId: string;
  policyId: string;
}

/** A policy of a few thousand weights, trained for a few steps: it knows nothing, and that is enough to train on. */
async function tinyPolicy() {
  const model = { vocab: 300, context: 160, layers: 1, heads: 2, kvHeads: 2, width: 16, hidden: 32 };
  const spec = PretrainSpec.parse({ trainer: "pretrain", steps: 3, batchSize: 4, model });
  const engine = await openEngine({ prefer: "wasm" });
  return runTrainer({ spec, data: { texts: practiceCorpus(1, 200) }, models: {}, engine, seed: 1 });
}

/** Lays it where the worker looks for it. @returns its id. */
export async function storeTinyPolicy(db: Database, filesDir: string, workspaceId: string): Promise<string> {
  const { files } = await tinyPolicy();
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(files);
  const stored = await storeFiles(filesDir, "models/tiny", files);
  const row = { workspaceId, kind, name: "Tiny", parameters, tokenizerSha256, sha256, files: stored, spec: {} };
  return registerModel(db, row);
}

/** Prompts with one answer of their own and one that belongs elsewhere, judged by two simulated annotators. */
export async function learningProject(db: Database, filesDir: string, size = 160): Promise<LearningProject> {
  const { workspaceId, memberId } = await createWorkspaceWithAdmin(db, {
    workspaceName: "Learning",
    adminName: "Ada",
    adminEmail: `${randomUUID()}@example.org`,
    passwordHash: "nobody signs in here",
  });
  const by = { workspaceId, id: memberId };
  const project = await createProject(db, by, ProjectDraft.parse({ name: "Learning", overlap: 2 }));
  const where = { workspaceId, projectId: project.id };
  // The same words may be asked twice; a prompt is one row, so the later one goes.
  const demonstrations = [
    ...new Map(practiceDemonstrations(1, size).map((one) => [JSON.stringify(one.prompt), one])).values(),
  ];
  const taskOf = new Map<string, (typeof demonstrations)[number]["task"]>();
  await db.$transaction(async (tx) => {
    const rows = await insertPrompts(
      tx,
      where,
      demonstrations.map(({ prompt, text, task }, index) => ({
        messages: prompt,
        language: null,
        sourceText: null,
        cluster: `cluster ${index}`,
        split: splitOf(`cluster ${index}`),
        metadata: { practice: JSON.parse(JSON.stringify(task)) },
        answers: [text, demonstrations[(index + 1) % demonstrations.length]?.text ?? ""],
      })),
    );
    for (const [index, row] of rows.entries()) {
      const task = demonstrations[index]?.task;
      if (task) taskOf.set(row.promptId, task);
    }
    const tasks = rows.map((row) => ({ ...row, overlap: 2, reason: "test" }));
    await insertTasks(tx, where, "preference", tasks);
  });
  const annotators = [0, 1].map((seed) => ({ externalId: `test-${seed}`, name: `Simulated ${seed}` }));
  for (const member of await simulatedMembers(db, workspaceId, annotators)) {
    const who = { workspaceId, memberId: member.memberId };
    const annotator = simulatedAnnotator(member.externalId);
    let next = (await claimTasks(db, { ...who, projectId: project.id, count: 1 })).tasks[0] ?? null;
    while (next) {
      const truth = taskOf.get(next.prompt.id);
      const [left, right] = next.completions.map(({ id, text }) => ({
        id,
        utility: truth ? utility(truth, text ?? "") : 0,
      }));
      if (!left || !right) throw new Error("a pair has two answers");
      next = (await submitJudgement(db, who, submissionFor(next, { answer: judgePair(annotator, left, right) }))).next;
    }
  }
  const policyId = await storeTinyPolicy(db, filesDir, workspaceId);
  return { by, projectId: project.id, policyId };
}
