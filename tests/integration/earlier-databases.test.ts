import { ProjectDraft, RunDraft } from "@touchstone/contracts";
import {
  changeProject,
  claimTasks,
  createProject,
  describeLink,
  findUsableLink,
  freezeLabelSet,
  getEvaluation,
  getJudgement,
  getProject,
  getSkip,
  guidelineToRead,
  LocalFileStore,
  launchRun,
  listImports,
  listLinks,
  listModels,
  listRemarks,
  listRuns,
  listWork,
  modelInUse,
  openExport,
  openedRows,
  openImport,
  registerModel,
  skipTask,
  streamLabelSet,
  undoImport,
  undoSkip,
} from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { databaseBefore } from "../harness/earlier-database.ts";
import { earlier, insertEarlierRows, labelSetSha256 } from "../harness/earlier-rows.ts";

const { workspaceId, projectId } = earlier;
const admin = { workspaceId, id: earlier.admin };
const annotator = { workspaceId, memberId: earlier.annotator };

/** A database of the version before a migration with a workspace at work, brought up to date. */
async function broughtOver(migration: string) {
  const database = await databaseBefore(migration);
  await insertEarlierRows(database);
  return database.bringUpToDate();
}

describe("a database of the version before", () => {
  it("names of evaluations became optional: what was made of the policies' names goes, what a person gave stays", async () => {
    const database = await databaseBefore("20261124000000_evaluation_names");
    await insertEarlierRows(database);
    const { evaluationId, policies } = earlier;
    const made = { workspace_id: workspaceId, project_id: projectId, baseline_id: policies[0] };
    const sizes = { prompts: 5, overlap: 2, seed: 1 };
    const given = "01900016-0000-7000-8000-000000000002";
    await database.insert("evaluation", { ...made, ...sizes, id: given, name: "The October study" });
    const { db } = await database.bringUpToDate();
    expect(await getEvaluation(db, workspaceId, evaluationId)).toMatchObject({ name: null, candidateId: policies[1] });
    expect(await getEvaluation(db, workspaceId, given)).toMatchObject({ name: "The October study" });
  });

  it("answers and judgements had no origin: none is made up, and they are exported as they were", async () => {
    const { db } = await broughtOver("20261126000200_row_origin");
    const completions = await db.completion.findMany({ select: { metadata: true } });
    expect(completions).toEqual(Array(6).fill({ metadata: null }));
    expect(await db.judgement.findMany({ select: { origin: true } })).toEqual([{ origin: null }, { origin: null }]);
    const scope = { projectId, includeSimulated: false };
    const { labelSet } = await openExport(db, scope, { workspaceId, id: null }, "judgements");
    const judgements = [];
    for await (const judgement of openedRows(db, scope, labelSet.id).judgements()) judgements.push(judgement);
    expect(judgements).toMatchObject([
      {
        judgementId: earlier.judgement,
        comment: "B is cut off",
        flagged: true,
        shownOrder: [1, 0],
        blind: false,
        answers: { preference: { choice: "graded", step: 2 } },
        createdAt: new Date("2026-11-20T12:01:00.000Z"),
        context: { externalId: null, vote: { labelId: null, margin: null } },
      },
      { judgementId: earlier.importedJudgement, source: "imported", answers: { preference: { choice: "both-bad" } } },
    ]);
  });

  it("skips were not counted: each is now, it says nothing of itself, and cannot be undone any more", async () => {
    const { db } = await broughtOver("20261126000300_skip_undone");
    const tallies = await db.tally.findMany({ orderBy: { memberId: "asc" } });
    expect(tallies).toMatchObject([
      { memberId: earlier.annotator, total: 1, today: 1, skipped: 1 },
      { memberId: earlier.imported, total: 1, today: 1, skipped: 0 },
    ]);
    const skip = { leaseId: earlier.skippedLease, idempotencyKey: crypto.randomUUID() };
    await expect(undoSkip(db, annotator, skip)).rejects.toMatchObject({ code: "not_found" });
    expect(await listWork(db, annotator)).toMatchObject([{ skipped: 1, waiting: 1, total: 1 }, { skipped: 0 }]);
    // What was on the desk can be skipped and taken back by the new rules.
    const held = { leaseId: earlier.heldLease, leaseToken: earlier.leaseToken };
    expect((await skipTask(db, annotator, { ...held, comment: "new" })).here).toMatchObject({ skipped: 2 });
    const back = await undoSkip(db, annotator, { ...skip, leaseId: earlier.heldLease });
    expect(back).toMatchObject({ taskId: earlier.heldTask, note: { comment: "new" } });
    expect(await brokenInvariants(db)).toEqual([]);
  });

  it("tasks kept their number for good: it can be changed now, and not below what is judged", async () => {
    const { db } = await broughtOver("20261126000500_project_settings");
    expect(await getProject(db, workspaceId, projectId)).toMatchObject({ name: "Answers", overlap: 2 });
    await changeProject(db, admin, projectId, { overlap: 1 });
    const tasks = await db.task.findMany({ where: { projectId }, orderBy: { id: "asc" } });
    expect(tasks.map(({ overlap, state }) => [overlap, state])).toEqual([
      [2, "full"],
      [1, "open"],
      [1, "full"],
    ]);
  });

  it("imports did not know their rows: they are listed with their counts, and neither opened nor undone", async () => {
    const { db, pool } = await broughtOver("20261126000510_import_rows");
    expect(await listImports(db, workspaceId, projectId)).toMatchObject([
      { id: earlier.importId, tracked: false, fileName: "votes.jsonl", memberName: "Ada", rows: 3, judgements: 1 },
    ]);
    await expect(openImport(db, admin, earlier.importId)).rejects.toMatchObject({ code: "import_untracked" });
    await expect(
      undoImport({ pool, files: new LocalFileStore("/nonexistent") }, admin, earlier.importId),
    ).rejects.toMatchObject({ code: "import_untracked" });
    for (const id of [earlier.judgement, earlier.importedJudgement]) {
      await expect(db.judgement.delete({ where: { id } })).rejects.toThrow(/append-only/);
      await expect(db.judgement.update({ where: { id }, data: { comment: "" } })).rejects.toThrow(/append-only/);
    }
  });

  it("links kept no token: they still let people in, and cannot be shown again", async () => {
    const { db } = await broughtOver("20261126000600_open_link_token");
    const { openLink, invitation } = earlier;
    expect(await listLinks(db, workspaceId)).toMatchObject([
      { id: invitation.id, state: "open", path: null, used: 1, capacity: 5 },
      { id: openLink.id, state: "open", path: null, projectId },
    ]);
    for (const { id, token } of [openLink, invitation]) {
      const link = await findUsableLink(db, token);
      expect(link.id).toBe(id);
      expect(await describeLink(db, link, null)).toMatchObject({ workspace: "Earlier", remaining: 4 });
    }
    const personal = { where: { id: invitation.id }, data: { token: "shown" } };
    await expect(db.link.update(personal)).rejects.toThrow(/link_token_only_of_open/);
  });

  it("runs and models had no numbers: they have them in the order in which they were made, and new ones go on", async () => {
    const { db } = await broughtOver("20261126000700_numbers");
    const { runs, policies, reward } = earlier;
    const numbered = await db.run.findMany({ select: { id: true, number: true } });
    expect(new Map(numbered.map(({ id, number }) => [id, number]))).toEqual(
      new Map([
        [runs[0], 1],
        [runs[1], 2],
        [runs[2], 3],
        // Of the other project.
        [runs[3], 1],
      ]),
    );
    const models = await listModels(db, workspaceId, { limit: 10 });
    const numberOf = new Map(models.items.map(({ id, number }) => [id, number]));
    expect(numberOf).toEqual(new Map([...policies.map((id, index) => [id, index + 1] as const), [reward, 1]]));

    const draft = RunDraft.parse({
      kind: "rloo",
      policy: { modelVersionId: policies[0] },
      reward: { modelVersionId: reward },
    });
    expect((await launchRun(db, admin, projectId, draft)).number).toBe(4);
    const model = {
      workspaceId,
      kind: "policy",
      name: "next",
      files: [],
      parameters: 1,
      spec: {},
      sha256: "next",
    } as const;
    const next = await registerModel(db, model);
    expect(await db.modelVersion.findUnique({ where: { id: next } })).toMatchObject({ number: 3 });
    expect(await getEvaluation(db, workspaceId, earlier.evaluationId)).toMatchObject({ prompts: { asked: null } });
  });

  it("nobody was shown what was said at the desk: what was said then is listed too", async () => {
    const { db } = await broughtOver("20261126001100_remarks");
    const all = { limit: 10, silentSkips: "true" } as const;
    expect((await listRemarks(db, workspaceId, projectId, all)).items).toMatchObject([
      // A skip of then has no time of its own: that of its lease stands for it.
      { kind: "skip", id: earlier.skippedLease, flagged: false, comment: "", createdAt: "2026-11-20T12:02:00.000Z" },
      { kind: "judgement", id: earlier.judgement, flagged: true, comment: "B is cut off" },
    ]);
    expect(await getSkip(db, workspaceId, earlier.skippedLease)).toMatchObject({ reason: null, shownOrder: [0, 1] });
  });
});

describe("a database from before the registry", () => {
  it("used the newest of a project's own models: that is in use, since it was made, and nobody is said to have decided", async () => {
    const database = await databaseBefore("20261206030000_registry");
    await database.insert("workspace", { id: workspaceId, name: "Earlier" });
    await database.insert("project", { id: projectId, workspace_id: workspaceId, name: "Answers" });
    const own = { workspace_id: workspaceId, project_id: projectId, files: "[]", parameters: 1, spec: {} };
    const ids = ["01900016-0000-7000-8000-0000000000a1", "01900016-0000-7000-8000-0000000000a2"];
    for (const id of ids) await database.insert("model_version", { ...own, kind: "policy", id, name: id, sha256: id });
    await database.insert("model_version", { ...own, kind: "reward", id: earlier.reward, name: "reward", sha256: "r" });
    const { db } = await database.bringUpToDate();
    const rows = await db.modelPromotion.findMany({ orderBy: { kind: "asc" } });
    expect(rows.map(({ kind, modelVersionId, cause, endedAt }) => [kind, modelVersionId, cause, endedAt])).toEqual([
      ["policy", ids[1], "newest", null],
      ["reward", earlier.reward, "newest", null],
    ]);
    const inUse = await modelInUse(db, { workspaceId, projectId, kind: "policy" });
    expect(inUse).toMatchObject({ row: { id: ids[1] }, promotionId: rows[0]?.id });
    const { items } = await listModels(db, workspaceId, { limit: 10 });
    expect(items.filter(({ stage }) => stage === "current").map(({ id }) => id)).toEqual([ids[1], earlier.reward]);
  });
});

describe("a database of the first released form", () => {
  const firstReleased = "20261126000200_row_origin";

  it("goes on where it was: the desk, the tallies and the guarantees of assignment", async () => {
    const { db } = await broughtOver(firstReleased);
    expect(await brokenInvariants(db)).toEqual([]);
    const { tasks, here } = await claimTasks(db, { ...annotator, projectId, count: 2 });
    expect(tasks).toMatchObject([
      { taskId: earlier.heldTask, lease: { id: earlier.heldLease, token: earlier.leaseToken } },
    ]);
    expect(here).toMatchObject({ total: 1, skipped: 1 });
    // Whoever has worked here has read the guideline in force; whoever comes now reads it first.
    expect(await guidelineToRead(db, annotator, projectId, null)).toMatchObject({ version: 1, required: false });
    const fresh = await db.member.create({ data: { workspaceId, role: "annotator", name: "New" } });
    const newcomer = { workspaceId, memberId: fresh.id };
    expect(await guidelineToRead(db, newcomer, projectId, null)).toMatchObject({ required: true, before: null });
    const runs = await listRuns(db, workspaceId, projectId, { limit: 10 });
    expect(runs.items.map(({ name, number }) => `${number}: ${name}`).sort()).toEqual([
      "1: run 0",
      "2: run 1",
      "3: run 2",
    ]);
    expect(await getJudgement(db, workspaceId, earlier.judgement)).toMatchObject({
      state: "counted",
      comment: "B is cut off",
    });
    // New things are made beside the old.
    const made = await createProject(db, admin, ProjectDraft.parse({ name: "New" }));
    expect(made.name).toBe("New");
  });

  it("keeps a frozen label set: its hash, its judgements, and that equal content is the same set", async () => {
    const { db } = await broughtOver(firstReleased);
    const set = await db.labelSet.findUniqueOrThrow({ where: { id: earlier.labelSetId }, include: { items: true } });
    expect(set.sha256).toBe(labelSetSha256);
    expect(set.items.map(({ judgementId }) => judgementId).sort()).toEqual([
      earlier.judgement,
      earlier.importedJudgement,
    ]);
    // Frozen anew by the present code, the same judgements hash to what the earlier one wrote, and are found.
    const again = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
    expect(again).toMatchObject({ id: earlier.labelSetId, sha256: labelSetSha256, judgements: 2 });
    const forms = [];
    for await (const form of streamLabelSet(db, earlier.labelSetId)) forms.push(form);
    expect(forms).toMatchObject([
      { judgementId: earlier.judgement, outcome: -2, bothBad: false },
      { judgementId: earlier.importedJudgement, outcome: 0, bothBad: true },
    ]);
  });
});
