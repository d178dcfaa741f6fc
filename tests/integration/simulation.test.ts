import { randomUUID } from "node:crypto";
import { PreferenceAnswer, type Questions, type RunView, SimulateSpec, standardQuestion } from "@touchstone/contracts";
import { getRun, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { simulate } from "../../apps/worker/src/run/simulate.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { holdRun } from "../harness/held-run.ts";
import { newProject } from "../harness/import-file.ts";
import { insertTasks } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let database: OpenDatabase;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  database = openDatabase(api.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await api.close();
});

const order: Questions = [{ ...standardQuestion("ranking"), name: "order" }];
const coarse: Questions = [{ ...standardQuestion("preference"), settings: { steps: 2, bothBad: false } }];

/** Tasks of two answers whose quality is known, in a project where each wants one judgement. */
async function addTasks(projectId: string, tasks: number, batch: number, questions?: Questions): Promise<void> {
  const { database: db } = api.server;
  await insertTasks(db, projectId, { tasks, overlap: 1, batch });
  await db.prompt.updateMany({ where: { projectId }, data: { metadata: { qualities: [3, 5, 2] } } });
  if (!questions) return;
  const { workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const own = { workspaceId, projectId, name: "own", questions };
  const { id: questionnaireId } = await db.questionnaire.create({ data: own });
  await db.task.updateMany({ where: { projectId, batch }, data: { questionnaireId } });
}

const launch = (projectId: string, judgements: number) =>
  admin.send("POST", `/api/projects/${projectId}/simulation`, { annotators: 1, judgements });

/** What a worker makes of a simulation, once it has been launched. */
async function simulated(projectId: string, judgements: number): Promise<{ before: RunView; after: RunView }> {
  const launched = await launch(projectId, judgements);
  expect(launched.statusCode).toBe(201);
  const before = launched.json<RunView>();
  const held = await holdRun(api, database, before.id);
  await simulate(held, SimulateSpec.parse(held.run.spec));
  return { before, after: await getRun(database.db, held.run.workspaceId, before.id) };
}

it("a simulation says before how many tasks it leaves to people, and after what it did not judge", async () => {
  const projectId = await newProject(admin, `Mixed ${randomUUID()}`, 1);
  await addTasks(projectId, 20, 1, order);
  await addTasks(projectId, 3, 2);
  const { before, after } = await simulated(projectId, 5);
  expect(before.alerts).toMatchObject([
    { step: 0, level: "warning", code: "left_to_people", values: { count: 20, total: 23 } },
  ]);
  expect(after).toMatchObject({ state: "succeeded", step: 3 });
  expect(after.alerts.slice(1)).toMatchObject([
    { step: 3, level: "warning", code: "passed_by", values: { count: 20 } },
    { step: 3, level: "warning", code: "fewer_judgements", values: { made: 3, wanted: 5 } },
  ]);
  // They are open to people as before.
  expect(await api.server.database.task.count({ where: { projectId, state: "open" } })).toBe(20);
});

it("a simulation that makes all that was asked for has nothing to say", async () => {
  const projectId = await newProject(admin, `Enough ${randomUUID()}`, 1);
  await addTasks(projectId, 3, 1);
  const { after } = await simulated(projectId, 2);
  expect(after).toMatchObject({ state: "succeeded", step: 2, alerts: [] });
});

it("a simulation of nothing but other kinds is refused, with what simulated annotators can judge", async () => {
  const projectId = await newProject(admin, `Rankings ${randomUUID()}`, 1);
  await addTasks(projectId, 2, 1, order);
  const refusal = (await launch(projectId, 5)).json();
  expect(refusal).toMatchObject({ status: 409, reason: "simulationOfOtherKinds", values: { count: 2 } });
  expect(await api.server.database.run.count({ where: { projectId } })).toBe(0);
});

it("a task of nothing but optional questions of other kinds is left to people, too", async () => {
  const projectId = await newProject(admin, `Optional ${randomUUID()}`, 1);
  await addTasks(
    projectId,
    20,
    1,
    order.map((question) => ({ ...question, required: false })),
  );
  await addTasks(projectId, 3, 2);
  const { before, after } = await simulated(projectId, 3);
  expect(before.alerts).toMatchObject([{ code: "left_to_people", values: { count: 20, total: 23 } }]);
  expect(after).toMatchObject({ state: "succeeded", step: 3 });
});

it("simulated annotators keep to the scale of the question, and pass over what need not be answered", async () => {
  const projectId = await newProject(admin, `Coarse ${randomUUID()}`, 1);
  const optional: Questions = order.map((question) => ({ ...question, required: false }));
  await addTasks(projectId, 12, 1, [...coarse, ...optional]);
  const { after } = await simulated(projectId, 12);
  expect(after).toMatchObject({ state: "succeeded", step: 12, alerts: [] });
  const said = await api.server.database.judgement.findMany({ where: { projectId }, select: { answer: true } });
  expect(said).toHaveLength(12);
  for (const { answer } of said) {
    const { preference } = z.strictObject({ preference: PreferenceAnswer }).parse(answer);
    expect([2, 6]).toContain(preference.choice === "graded" ? preference.step : null);
  }
});
