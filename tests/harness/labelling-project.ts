import { randomUUID } from "node:crypto";
import type { JudgementSubmission, LeasedTask, ProjectDraft } from "@touchstone/contracts";
import { type Annotator, createProject, createWorkspaceWithAdmin, type Database } from "@touchstone/persistence";

export interface LabellingProject {
  workspaceId: string;
  projectId: string;
  annotators: Annotator[];
}

export interface LabellingProjectOptions {
  tasks: number;
  overlap: number;
  annotators: number;
  leaseSeconds?: number;
  question?: "preference" | "rating";
  /** Who gets how much; without it nothing is repeated, and nobody limited. */
  assignment?: Partial<ProjectDraft>;
}

/** A tenant with a project whose tasks stand ready; made in a few statements, so that it may have 100,000 of them. */
export async function labellingProject(db: Database, options: LabellingProjectOptions): Promise<LabellingProject> {
  const { workspaceId, memberId } = await createWorkspaceWithAdmin(db, {
    workspaceName: "Labelling",
    adminName: "Ada",
    adminEmail: `${randomUUID()}@example.org`,
    passwordHash: "nobody signs in here",
  });
  const draft = { name: "Answers", description: "", guideline: "Be kind.", mustRead: false, practice: false };
  const { overlap, leaseSeconds = 900, assignment } = options;
  const settings = { ...draft, overlap, leaseSeconds, repeatShare: 0, ...assignment };
  const project = await createProject(db, { workspaceId, id: memberId }, settings);
  await insertTasks(db, project.id, { ...options, batch: 100 });
  return {
    workspaceId,
    projectId: project.id,
    annotators: await insertAnnotators(db, workspaceId, options.annotators),
  };
}

/** Tasks on prompts of their own: two answers for a preference, one for a rating. */
export async function insertTasks(
  db: Database,
  projectId: string,
  { tasks, overlap, question = "preference", batch }: Omit<LabellingProjectOptions, "annotators"> & { batch: number },
): Promise<void> {
  const run = randomUUID();
  // One statement after the other, so that each is planned knowing how many rows the one before has made.
  await db.$executeRaw`
    INSERT INTO prompt (workspace_id, project_id, messages, cluster, split, hash)
    SELECT p.workspace_id, p.id, '[{"role": "user", "content": "Why is the sky blue?"}]', ${run}, 'train', ${run} || i
    FROM project p, generate_series(1, ${tasks}::int) i WHERE p.id = ${projectId}::uuid`;
  await db.$executeRaw`
    INSERT INTO completion (workspace_id, prompt_id, text, key)
    SELECT p.workspace_id, p.id, 'Answer ' || k, k::text
    FROM prompt p, generate_series(1, ${question === "preference" ? 2 : 1}::int) k WHERE p.cluster = ${run}`;
  await db.$executeRaw`
    INSERT INTO task (workspace_id, project_id, questionnaire_id, prompt_id, completion_ids, overlap, batch)
    SELECT p.workspace_id, p.project_id, q.id, p.id,
      ARRAY(SELECT c.id FROM completion c WHERE c.prompt_id = p.id ORDER BY c.key), ${overlap}::int, ${batch}::int
    FROM prompt p JOIN questionnaire q ON q.project_id = p.project_id AND q.name = ${question}
    WHERE p.cluster = ${run}`;
}

async function insertAnnotators(db: Database, workspaceId: string, count: number): Promise<Annotator[]> {
  const data = Array.from({ length: count }, (_, i) => ({ workspaceId, role: "annotator" as const, name: `A${i}` }));
  const rows = await db.member.createManyAndReturn({ data, select: { id: true } });
  return rows.map((row) => ({ workspaceId, memberId: row.id }));
}

/** What a page would send for a task. */
export function submissionFor(task: LeasedTask, change: Partial<JudgementSubmission> = {}): JudgementSubmission {
  return {
    leaseId: task.lease.id,
    leaseToken: task.lease.token,
    idempotencyKey: randomUUID(),
    answer: task.questions[0]?.kind === "rating" ? { choice: "rated", score: 4 } : { choice: "graded", step: 2 },
    timings: { visibleMs: 4_000, activeMs: 3_000, firstScrollMs: null },
    flagged: false,
    comment: "",
    client: { locale: "en", viewport: "1280x800", input: "keyboard" },
    ...change,
  };
}
