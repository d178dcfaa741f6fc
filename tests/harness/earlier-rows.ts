import { createHash } from "node:crypto";
import type { EarlierDatabase } from "./earlier-database.ts";

/** An id that says in a test's output what it is of: the kind, then the number. Later ones sort after earlier ones. */
const id = (kind: number, number: number) =>
  `0190${String(kind).padStart(4, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();

/** The rows below by what they are. */
export const earlier = {
  workspaceId: id(1, 1),
  admin: id(2, 1),
  annotator: id(2, 2),
  imported: id(2, 3),
  projectId: id(3, 1),
  otherProjectId: id(3, 2),
  importId: id(6, 1),
  /** Judged by the annotator and by an imported one. */
  judgedTask: id(9, 1),
  /** Skipped by the annotator. */
  skippedTask: id(9, 2),
  /** On the annotator's desk. */
  heldTask: id(9, 3),
  skippedLease: id(10, 2),
  heldLease: id(10, 3),
  leaseToken: "token of the earlier version",
  judgement: id(11, 1),
  importedJudgement: id(11, 2),
  labelSetId: id(12, 1),
  openLink: { id: id(13, 1), token: "an open link of the earlier version" },
  invitation: { id: id(13, 2), token: "an invitation of the earlier version" },
  /** In the order in which they were asked for, which is not that of their ids; then one of the other project. */
  runs: [id(14, 3), id(14, 1), id(14, 2), id(14, 4)] as const,
  policies: [id(15, 2), id(15, 1)] as const,
  reward: id(15, 3),
  evaluationId: id(16, 1),
};

/** What a label set of both judgements was hashed from, to the letter. */
const labelLines = [
  `${earlier.judgement} {1,0} {"step": 2, "choice": "graded"}\n`,
  `${earlier.importedJudgement} {0,1} {"choice": "both-bad"}\n`,
];
export const labelSetSha256 = sha256(labelLines.join(""));

/**
 * A workspace at work, in the columns that every version has had: people, a project with tasks that are judged, skipped and
 * held, an import, a frozen label set, links, runs, models and an evaluation.
 */
export async function insertEarlierRows({ insert }: EarlierDatabase): Promise<void> {
  const { workspaceId, projectId, admin, annotator, imported } = earlier;
  const here = { workspace_id: workspaceId };
  const inProject = { ...here, project_id: projectId };
  const [user, guideline, question] = [id(17, 1), id(4, 1), id(5, 1)];
  await insert("workspace", { id: workspaceId, name: "Earlier" });
  await insert("user", { id: user, email: "ada@example.org", password_hash: "unused" });
  await insert(
    "member",
    { ...here, id: admin, user_id: user, role: "admin", name: "Ada" },
    { ...here, id: annotator, role: "annotator", name: "Mei" },
    { ...here, id: imported, kind: "imported", external_id: "w1", role: "annotator", name: "w1" },
  );
  await insert(
    "project",
    { ...here, id: projectId, name: "Answers", overlap: 2 },
    { ...here, id: earlier.otherProjectId, name: "Others", overlap: 2 },
  );
  await insert("guideline", { ...inProject, id: guideline, version: 1, text: "Be kind." });
  await insert("question", { ...inProject, id: question, kind: "preference", title: "Which is better?" });
  const counts = { rows: 3, prompts: 3, completions: 6, tasks: 3, judgements: 1, annotators: 1, duplicates: 0 };
  await insert("import", {
    ...inProject,
    id: earlier.importId,
    member_id: admin,
    format: "trl-preference",
    file_name: "votes.jsonl",
    counts: { ...counts, differingPrefixes: 0 },
  });
  for (const [index, task] of [earlier.judgedTask, earlier.skippedTask, earlier.heldTask].entries()) {
    const [prompt, first, second] = [id(7, index), id(8, 2 * index), id(8, 2 * index + 1)];
    const messages = JSON.stringify([{ role: "user", content: `Question ${index}` }]);
    await insert("prompt", {
      ...inProject,
      id: prompt,
      messages,
      cluster: `c${index}`,
      split: "train",
      hash: `h${index}`,
    });
    await insert(
      "completion",
      { ...here, id: first, prompt_id: prompt, text: "yes", key: "id:one" },
      { ...here, id: second, prompt_id: prompt, text: "no", key: "id:two" },
    );
    await insert("task", {
      ...inProject,
      id: task,
      question_id: question,
      prompt_id: prompt,
      completion_ids: [first, second],
      overlap: 2,
      state: index === 0 ? "full" : "open",
      sort_key: index / 10,
    });
  }
  await insertLeasesAndJudgements({ insert }, guideline);
  await insert("label_set", {
    ...inProject,
    id: earlier.labelSetId,
    sha256: labelSetSha256,
    includes_simulated: false,
    counts: { judgements: 2, comparisons: 2, ratings: 0 },
  });
  for (const judgement of [earlier.judgement, earlier.importedJudgement]) {
    await insert("label_set_item", { ...here, label_set_id: earlier.labelSetId, judgement_id: judgement });
  }
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
  const link = { ...here, role: "annotator", capacity: 5, used: 1, expires_at: inAYear };
  const { openLink, invitation } = earlier;
  await insert(
    "link",
    { ...link, id: openLink.id, kind: "open", project_id: projectId, hash: sha256(openLink.token) },
    { ...link, id: invitation.id, kind: "invitation", hash: sha256(invitation.token) },
  );
  await insertRunsAndModels({ insert });
}

/** As the functions of the earlier version left them, journal and tallies included. */
async function insertLeasesAndJudgements(
  { insert }: Pick<EarlierDatabase, "insert">,
  guideline: string,
): Promise<void> {
  const { workspaceId, projectId, annotator, imported, judgedTask, skippedTask, heldTask } = earlier;
  const inProject = { workspace_id: workspaceId, project_id: projectId };
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const leases = [
    { id: id(10, 1), task: judgedTask, member: annotator, slot: 1, state: "judged", order: [1, 0], at: at(1) },
    { id: id(10, 4), task: judgedTask, member: imported, slot: 2, state: "judged", order: [0, 1], at: at(0) },
    {
      id: earlier.skippedLease,
      task: skippedTask,
      member: annotator,
      slot: 1,
      state: "skipped",
      order: [0, 1],
      at: at(2),
    },
    { id: earlier.heldLease, task: heldTask, member: annotator, slot: 1, state: "held", order: [1, 0], at: at(3) },
  ];
  for (const { id: lease, task, member, slot, state, order, at: createdAt } of leases) {
    const who = { ...inProject, task_id: task, member_id: member };
    await insert("lease", {
      ...who,
      id: lease,
      slot,
      state,
      shown_order: order,
      guideline_id: guideline,
      token: earlier.leaseToken,
      expires_at: inAnHour,
      created_at: createdAt,
    });
    const events = state === "held" ? ["leased"] : ["leased", state];
    for (const event of events) await insert("journal", { ...who, lease_id: lease, event });
  }
  const judgement = { ...inProject, task_id: judgedTask, guideline_id: guideline, body_hash: "x" };
  await insert(
    "judgement",
    {
      ...judgement,
      id: earlier.judgement,
      lease_id: id(10, 1),
      member_id: annotator,
      shown_order: [1, 0],
      answer: { choice: "graded", step: 2 },
      flagged: true,
      comment: "B is cut off",
      idempotency_key: id(18, 1),
      created_at: at(1),
      timings: { visibleMs: 5_000, activeMs: 4_000 },
    },
    {
      ...judgement,
      id: earlier.importedJudgement,
      lease_id: id(10, 4),
      member_id: imported,
      shown_order: [0, 1],
      answer: { choice: "both-bad" },
      source: "imported",
      idempotency_key: id(18, 2),
      created_at: at(0),
    },
  );
  for (const member of [annotator, imported]) {
    await insert("tally", { member_id: member, project_id: projectId, day: "2026-11-20", today: 1, total: 1 });
  }
  await insert("outbox", { topic: "judged", key: projectId });
}

async function insertRunsAndModels({ insert }: Pick<EarlierDatabase, "insert">): Promise<void> {
  const { workspaceId, projectId, otherProjectId, runs, policies, reward } = earlier;
  for (const [index, run] of runs.entries()) {
    await insert("run", {
      workspace_id: workspaceId,
      project_id: index === 3 ? otherProjectId : projectId,
      id: run,
      kind: "reward",
      name: `run ${index}`,
      state: "succeeded",
      spec: { trainer: "reward" },
      seed: 1,
      created_at: at(index),
      ...(index === 0 ? { label_set_id: earlier.labelSetId } : {}),
    });
  }
  const model = { workspace_id: workspaceId, files: "[]", parameters: 1, spec: {} };
  for (const [index, policy] of policies.entries()) {
    const name = { kind: "policy", name: `policy ${index}`, sha256: `policy ${index}` };
    await insert("model_version", { ...model, ...name, id: policy, created_at: at(index) });
  }
  await insert("model_version", {
    ...model,
    id: reward,
    kind: "reward",
    name: "reward",
    sha256: "reward",
    project_id: projectId,
    run_id: runs[0],
    label_set_id: earlier.labelSetId,
    created_at: at(5),
  });
  await insert("evaluation", {
    workspace_id: workspaceId,
    project_id: projectId,
    id: earlier.evaluationId,
    name: "New policy against policy 0",
    candidate_id: policies[1],
    baseline_id: policies[0],
    prompts: 5,
    overlap: 2,
    seed: 1,
    state: "judging",
  });
}
