import { randomUUID } from "node:crypto";
import type { Client } from "@touchstone/api-client";
import { ArenaSettings, ProjectDraft, type RunDraft, type RunState } from "@touchstone/contracts";
import { vi } from "vitest";
import { longWords, projectAsking, rowsOf, severalQuestions } from "./asking.ts";
import { awkward } from "./awkward-texts.ts";
import { jsonLines, singles, votes } from "./practice-files.ts";
import { adminPassword } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

/** That no page may show. */
export const endpointKey = "sk-of-nobody-and-for-nothing";
export const annotatorLogin = { email: "mei@example.org", password: "paper boat on the pond" };
export const adminLogin = { email: "admin@touchstone.local", password: adminPassword };

/** A question that a project writes for itself. */
const helpful = {
  name: "helpful",
  kind: "preference",
  title: "Which one helps more?",
  settings: { steps: 7 },
} as const;

/** Longer than any run below takes on a busy machine. */
const runWithinMs = 400_000;

/** A workspace in which every screen has something to show. @returns addresses by the name of what lies there. */
export async function fillWorkspace(url: string) {
  const admin = clientOf(url);
  await admin.signIn({ body: adminLogin });
  const { items } = await admin.listProjects();
  const [demo, practice] = [items.find((one) => !one.practice), items.find((one) => one.practice)];
  if (!demo || !practice) throw new Error("The seed made no projects.");
  const made = async (name: string) =>
    (
      await admin.createProject({
        body: ProjectDraft.parse({ name, guideline: "Prefer what helps.", mustRead: false }),
      })
    ).id;
  const [study, ratings, long, empty, paused, archived] = [
    await made("A study from elsewhere"),
    await made("One at a time"),
    await made("Long words"),
    await made("Still empty"),
    await made("Resting for now"),
    await made("Of last year"),
  ];
  const upload = (rows: readonly object[]) =>
    ({ body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" }) as const;
  await admin.importRows({ params: { id: study }, query: { format: "trl-preference" }, upload: upload(votes) });
  const [doubtful] = (await admin.listItems({ params: { id: study } })).items;
  if (doubtful) {
    const what = { kind: "items" as const, selection: { ids: [doubtful.id] } };
    const note = "The answers are in another language than the prompt.";
    await admin.leaveOut({ params: { id: study }, body: { what, reason: "unfit", note } });
  }
  await admin.importRows({
    params: { id: ratings },
    query: { format: "prompts", question: "rating" },
    upload: upload(singles),
  });
  await admin.importRows({ params: { id: long }, query: { format: "prompts" }, upload: upload(awkward) });
  await admin.writeQuestionnaire({ params: { id: study }, body: { name: "helpful", questions: [helpful] } });
  await admin.writeQuestionnaire({
    params: { id: study },
    body: {
      name: "helpful",
      questions: [helpful, { ...helpful, name: "honest", when: { question: "helpful", field: "step", is: [1, 7] } }],
    },
  });
  const words = [{ of: "helpful", says: "帮助" }];
  await admin.writeTranslation({
    params: { id: study },
    body: { language: "zh", name: "研究", guideline: { version: 1, text: "请选更好的回答。" }, words },
  });
  for (const [id, state] of [
    [paused, "paused"],
    [archived, "archived"],
  ] as const) {
    await admin.importRows({ params: { id }, query: { format: "trl-preference" }, upload: upload(votes) });
    await admin.changeProject({ params: { id }, body: { state } });
  }

  const people = await Promise.all(["Mei", "Jonas", "Amara"].map((name) => joined(url, admin, demo.id, name)));
  const { evaluationId, runs, models } = await oneRound(admin, practice.id);
  for (const [index, person] of people.entries())
    for (let turn = 0; turn < 24; turn++) await judge(person, practice.id, turn, index);
  const [, jonas, amara] = people;
  if (jonas) await judge(jonas, ratings, 2);
  const rated = await admin.listJudgements({ params: { id: ratings } });
  const { labelSet } = (await admin.getModelLineage({ params: { id: models.reward } })).steps[0] ?? {};
  const judgements = await admin.listJudgements({ params: { id: practice.id } });
  await admin.createSchedule({
    params: { id: practice.id },
    body: { preset: "preference", trigger: { kind: "judgements", every: 100_000 }, scope: "reward" },
  });
  // Nobody is asked there: it is public, and off before anything happens.
  const { webhook } = await admin.createWebhook({
    params: { id: study },
    body: { url: "https://93.184.216.34/a/room/of/their/own", events: ["label_set.created", "run.ended"] },
  });
  await admin.changeWebhook({ params: { id: webhook.id }, body: { on: false } });
  await admin.createEndpoint({
    body: {
      ...{ name: "The one in the cellar", baseUrl: "https://93.184.216.34/v1", model: "qwen2.5-0.5b-instruct" },
      key: endpointKey,
      limits: { tokens: 2_000_000, money: 5, promptPrice: 0.5, answerPrice: 1.5 },
    },
  });
  await admin.createApiToken({ body: { name: "Nightly export", role: "researcher" } });
  // A copy that is there, and one that was brought and is refused, as it ends where it begins.
  await admin.makeArchive({ params: { id: practice.id } });
  const cutOff = new Blob(["PK\u0003\u0004"]);
  await admin.bringArchive({
    query: { name: "practice.zip" },
    upload: { body: cutOff, contentType: "application/zip" },
  });
  await admin.setArenaSettings({
    params: { id: study },
    body: ArenaSettings.parse({ on: true, modelIds: [models.practice, models.policy], maxNewTokens: 40 }),
  });
  const links = await openLinks(admin, demo.id);
  return {
    ...links,
    demo: demo.id,
    practice: practice.id,
    study,
    import: (await admin.listImports({ params: { id: study } })).items[0]?.id ?? "",
    ratings,
    blurred: await blurredProject(admin),
    long,
    empty,
    paused,
    archived,
    ranking: await projectAsking(admin, "In order", [{ name: "order", kind: "ranking" }], rowsOf(1, 9, longWords)),
    several: await projectAsking(admin, "Several questions", severalQuestions, rowsOf(1, 2)),
    ...(await failedRound(admin, ratings, models)),
    rating: rated.items[0]?.id ?? "",
    evaluation: evaluationId,
    ...runs,
    policy: models.policy,
    reward: models.reward,
    labelSet: labelSet?.id ?? "",
    skip: amara ? await skipped(amara, demo.id) : "",
    toRead: await projectToRead(admin),
    asked: amara && jonas ? await askedAndAnswered(admin, amara, ratings) : "",
    judgement: judgements.items[0]?.id ?? "",
    item: judgements.items[0]?.taskId ?? "",
  };
}

/** Reward model, policy, blind evaluation, each small: enough for curves and an interval. */
async function oneRound(admin: Client, projectId: string) {
  const launched = async (draft: Partial<RunDraft> & Pick<RunDraft, "kind">) =>
    ended(admin, (await admin.launchRun({ params: { id: projectId }, body: { includeSimulated: true, ...draft } })).id);
  const simulated = async (judgements: number) =>
    ended(admin, (await admin.simulate({ params: { id: projectId }, body: { annotators: 6, judgements } })).id);
  for (const run of (await admin.listRuns({ params: { id: projectId } })).items) await ended(admin, run.id);
  await simulated(400);
  const practiceModel = (await admin.listModels({ query: { kind: "policy" } })).items[0]?.id ?? "";
  const policy = { modelVersionId: practiceModel };
  const often = { evaluateEvery: 2, checkpointEvery: 100 };
  const rewardRun = await launched({ kind: "reward", policy, spec: { ...often, batchSize: 8 } });
  const reward = rewardRun.modelVersionId ?? "";
  const sizes = { steps: 30, batchSize: 8, samplesPerPrompt: 4, maxNewTokens: 32, evaluationPrompts: 16 };
  const spec = { ...often, ...sizes, learningRate: 5e-4 };
  const policyRun = await launched({ kind: "rloo", policy, reward: { modelVersionId: reward }, spec });
  const direct = { ...often, batchSize: 8, maxNewTokens: 32, evaluationPrompts: 8, epochs: 0.5 };
  const directRun = await launched({ kind: "dpo", policy, spec: direct });
  const evaluation = await admin.createEvaluation({
    params: { id: projectId },
    body: { candidateId: policyRun.modelVersionId ?? "", baselineId: practiceModel, prompts: 24 },
  });
  for (const run of (await admin.listRuns({ params: { id: projectId } })).items) await ended(admin, run.id);
  const judging = await simulated(40);
  const runs = { rewardRun: rewardRun.id, policyRun: policyRun.id, directRun: directRun.id, simulation: judging.id };
  return {
    evaluationId: evaluation.id,
    runs,
    models: { practice: practiceModel, reward, policy: policyRun.modelVersionId ?? "" },
  };
}

/** A comparison in a project whose prompts are all for training: there is nothing to ask, and the run says so. */
async function failedRound(admin: Client, projectId: string, models: { practice: string; policy: string }) {
  const evaluation = await admin.createEvaluation({
    params: { id: projectId },
    body: { candidateId: models.policy, baselineId: models.practice, prompts: 5 },
  });
  const [run] = (await admin.listRuns({ params: { id: projectId } })).items;
  return { failedRun: (await ended(admin, run?.id ?? "", "failed")).id, stoppedEvaluation: evaluation.id };
}

async function ended(admin: Client, id: string, wanted: RunState = "succeeded") {
  const run = await vi.waitUntil(
    async () => {
      const now = await admin.getRun({ params: { id } });
      return ["succeeded", "failed", "cancelled"].includes(now.state) ? now : false;
    },
    { timeout: runWithinMs, interval: 250 },
  );
  if (run.state !== wanted) throw new Error(`The run “${run.name}” ${run.state}: ${run.error?.message}`);
  return run;
}

async function joined(url: string, admin: Client, projectId: string, name: string): Promise<Client> {
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "annotator" } });
  const person = clientOf(url);
  const email = name === "Mei" ? annotatorLogin.email : `${name.toLowerCase()}@example.org`;
  await person.join({ params: { token }, body: { name, email, password: annotatorLogin.password } });
  await judge(person, projectId, 0);
  return person;
}

/** One judgement of somebody who likes what is longer, mostly; each has other moments in which they do not. */
async function judge(person: Client, projectId: string, turn: number, habit = 0): Promise<void> {
  const { tasks } = await person.claimTasks({ params: { id: projectId }, body: { count: 1 } });
  const [task] = tasks;
  if (!task) return;
  const [left, right] = task.completions.map((completion) => completion.text?.length ?? 0);
  const longer = (left ?? 0) >= (right ?? 0);
  const prefersLeft = longer === ((turn * (habit + 2)) % 5 !== 0);
  const preferred = prefersLeft ? 2 + (turn % 2) : 6 - (turn % 2);
  const step = turn % 7 === habit ? 4 : preferred;
  await person.submitJudgement({
    body: {
      leaseId: task.lease.id,
      leaseToken: task.lease.token,
      idempotencyKey: randomUUID(),
      answer:
        task.questions[0]?.kind === "rating"
          ? { choice: "rated", score: 1 + ((turn + (turn % 3 === habit ? 1 : 0)) % 5) }
          : { choice: "graded", step },
      timings: { visibleMs: 9_000 + 700 * turn, activeMs: 8_000, firstScrollMs: null },
      client: { locale: "en", viewport: "1280x800", input: "api" },
    },
  });
}

/** A task that somebody passes by with everything that can be said. @returns the skip's id. */
async function skipped(person: Client, projectId: string): Promise<string> {
  const [task] = (await person.claimTasks({ params: { id: projectId }, body: { count: 1 } })).tasks;
  if (!task) throw new Error("There was no task to skip.");
  const { id, token } = task.lease;
  const said = { flagged: true, comment: "“Als KI-Modell …”", reason: "broken" } as const;
  await person.skipTask({ params: { id }, body: { leaseToken: token, ...said } });
  return id;
}

/** A project whose guideline nobody has read, with something to do. @returns its id. */
async function projectToRead(admin: Client): Promise<string> {
  const guideline = `# What to prefer\n\nThe answer that **helps**.\n\n${"- One more case that is to be read.\n".repeat(40)}`;
  const { id } = await admin.createProject({ body: ProjectDraft.parse({ name: "To be read", guideline }) });
  const upload = { body: new Blob([new Uint8Array(jsonLines(votes))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "trl-preference", open: "true" }, upload });
  return id;
}

/** A project that shows nothing unasked. @returns its id. */
async function blurredProject(admin: Client): Promise<string> {
  const body = ProjectDraft.parse({ name: "Hard to read", mustRead: false, blur: "everything" });
  const { id } = await admin.createProject({ body });
  const rows = [{ prompt: "What did the witness say?", completions: ["She had seen all of it.", "她什么都看到了。"] }];
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts" }, upload });
  return id;
}

/** One question that is answered for everybody and one that is open, of a task that stays with whoever asked. */
async function askedAndAnswered(admin: Client, person: Client, projectId: string): Promise<string> {
  const [task] = (await person.claimTasks({ params: { id: projectId }, body: { count: 1 } })).tasks;
  if (!task) throw new Error("There was no task to ask about.");
  const ask = (text: string) =>
    person.ask({ params: { id: projectId }, body: { taskId: task.taskId, text, idempotencyKey: randomUUID() } });
  const { id: inquiryId } = await ask("Is a rude answer that helps a 1 or a 2?");
  await ask("这个回答没有说完，应该跳过吗？");
  const text = "A **2**, if it helps:\n\n- say so in a comment\n- flag what is cruel";
  await admin.answerInquiry({ params: { id: projectId, inquiryId }, body: { text, forAll: true } });
  return projectId;
}

async function openLinks(admin: Client, projectId: string) {
  const consent =
    "Your choices and how long they took are stored and used to train and study language models.\n\n你的选择和所用时间会被保存，用于训练和研究语言模型。";
  const invitation = await admin.createLink({ body: { kind: "invitation", role: "annotator" } });
  const open = await admin.createLink({ body: { kind: "open", projectId, capacity: 50, consent } });
  const byName = await admin.createLink({ body: { kind: "open", projectId, capacity: 50, consent, nameAlone: true } });
  const revoked = await admin.createLink({ body: { kind: "invitation", role: "reviewer", note: "for Tom" } });
  await admin.revokeLink({ params: { id: revoked.id } });
  return { invitation: invitation.path, openLink: open.path, nameLink: byName.path, deadLink: revoked.path };
}
