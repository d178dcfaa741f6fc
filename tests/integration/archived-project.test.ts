import { randomUUID } from "node:crypto";
import {
  type LeasedTask,
  Problem,
  type ProjectHandle,
  projectSourceOf,
  type Route,
  type RouteName,
  refusedWhenArchived,
  routeNames,
  routes,
} from "@touchstone/contracts";
import { fireSchedule } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { png } from "../harness/made-media.ts";
import { sampleRequest } from "../harness/sample-requests.ts";
import { keptMedia } from "../harness/upload-media.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
let project: ArchivedProject;

const table = routeNames.map((name): { name: RouteName; route: Route } => ({ name, route: routes[name] }));
const refused = table.filter(({ route }) => refusedWhenArchived(route));

/** One row of each kind by which a request can name the project. */
interface ArchivedProject {
  readonly id: string;
  readonly handles: Readonly<Record<ProjectHandle, string>>;
}

const noCounts = {
  rows: 0,
  prompts: 0,
  completions: 0,
  tasks: 0,
  judgements: 0,
  annotators: 0,
  duplicates: 0,
  differingPrefixes: 0,
};
const idOf = async (who: Visitor, url: string, body: unknown) => {
  const response = await who.send("POST", url, body);
  expect(response.statusCode, response.body).toBe(201);
  return response.json<{ id: string }>().id;
};

async function archivedProject(workspaceId: string): Promise<ArchivedProject> {
  const db = api.server.database;
  const id = await idOf(admin, "/api/projects", { name: "Old", overlap: 2 });
  await insertTasks(db, id, { tasks: 3, overlap: 2, batch: 100 });
  const judged = (await claims(id)).tasks[0];
  if (!judged) throw new Error("no task");
  const receipt = await annotator.send("POST", "/api/judgements", submissionFor(judged));
  const held = (await claims(id)).tasks[0];
  if (!held) throw new Error("no task");
  const link = await admin.send("POST", "/api/links", { kind: "open", projectId: id, capacity: 3, consent: "Yes?" });
  const made = link.json<{ id: string; token: string }>();
  const scope = { workspaceId, projectId: id };
  const ofFile = { memberId: randomUUID(), bytes: 1, expiresAt: new Date(Date.now() + 3_600_000) };
  const ofJob = { memberId: randomUUID(), fileId: randomUUID(), bytes: 1 };
  const model = await db.modelVersion.create({
    data: { workspaceId, kind: "policy", name: "Sample", files: [], sha256: "", parameters: 1, spec: {} },
  });
  const other = await db.modelVersion.create({
    data: { workspaceId, kind: "policy", name: "Another", files: [], sha256: "", parameters: 1, spec: {} },
  });
  const worker = await db.member.findFirstOrThrow({ where: { workspaceId } });
  const policies = { candidateId: model.id, baselineId: model.id };
  const handles = {
    project: id,
    lease: held.lease.id,
    task: held.taskId,
    judgement: receipt.json<{ judgementId: string }>().judgementId,
    import: (await db.import.create({ data: { ...scope, format: "prompts", counts: noCounts, tracked: true } })).id,
    run: (await db.run.create({ data: { ...scope, kind: "reward", name: "Sample", spec: {}, seed: 1 } })).id,
    evaluation: (await db.evaluation.create({ data: { ...scope, ...policies, prompts: 1, overlap: 1, seed: 1 } })).id,
    schedule: await idOf(admin, `/api/projects/${id}/schedules`, {
      preset: "preference",
      trigger: { kind: "judgements", every: 1 },
    }),
    media: (await keptMedia(admin, id, "a.png", png(8, 8, [0, 0, 0]))).id,
    spooled: (await db.spooledFile.create({ data: { ...scope, ...ofFile, origin: "upload", name: "a.jsonl" } })).id,
    importJob: (
      await db.importJob.create({ data: { ...scope, ...ofJob, fileName: "a.jsonl", query: { format: "prompts" } } })
    ).id,
    labelSet: (await db.labelSet.create({ data: { ...scope, sha256: "", includesSimulated: false, counts: {} } })).id,
    mapping: await idOf(admin, `/api/projects/${id}/mappings`, {
      name: "Sample",
      header: ["prompt"],
      reading: { format: "prompts", mapping: null, question: null, together: null },
    }),
    savedView: await idOf(admin, `/api/projects/${id}/views`, { name: "Sample", filter: {} }),
    webhook: (await db.webhook.create({ data: { ...scope, url: "https://example.org", secret: "", events: [] } })).id,
    model: (
      await db.modelVersion.create({
        data: { ...scope, kind: "reward", name: "Sample", files: [], sha256: "of it", parameters: 1, spec: {} },
      })
    ).id,
    battle: (
      await db.arenaBattle.create({
        data: {
          ...{ ...scope, memberId: worker.id, sampling: {}, mostTurns: 1, idempotencyKey: randomUUID() },
          ...{ aModelId: model.id, bModelId: other.id, aSeed: 1, bSeed: 1 },
        },
      })
    ).id,
    link: made.id,
    linkToken: made.token,
  };
  expect((await admin.send("PATCH", `/api/projects/${id}`, { state: "archived" })).statusCode).toBe(200);
  return { id, handles };
}
const claims = async (id: string) =>
  (await annotator.send("POST", `/api/work/${id}/claims`, { count: 1 })).json<{
    tasks: LeasedTask[];
  }>();

beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  annotator = await invite(admin, "annotator", "bob@example.org");
  project = await archivedProject(tenant.workspaceId);
});
afterAll(() => api.close());

/** The request as its table entry wants it, about this project, by whichever handle the route finds it. */
async function call(name: RouteName, route: Route, who: Visitor) {
  const source = projectSourceOf(route);
  if (!source) throw new Error(`${name} has no project.`);
  const handle = project.handles[source.handle];
  const sample = sampleRequest(name, route, handle);
  const url = sample.url.replace("x".repeat(43), source.handle === "linkToken" ? handle : "x".repeat(43));
  const body: unknown = source.in === "body" ? { ...bodyOf(name, sample.payload), [source.field]: handle } : undefined;
  const payload = body === undefined ? sample.payload : JSON.stringify(body);
  return api.server.inject({
    method: sample.method,
    url,
    headers: { ...sample.headers, cookie: who.cookie ?? "", "x-csrf-token": who.csrfToken ?? "" },
    ...(payload === undefined ? {} : { payload }),
  });
}

function bodyOf(name: RouteName, payload = "{}"): object {
  if (name === "createLink") return { kind: "open", capacity: 1, consent: "Yes?" };
  return Object(JSON.parse(payload));
}

/** All that a write could change, counted. */
async function everything() {
  const [row] = await api.server.database.$queryRaw<object[]>`
    SELECT (SELECT count(*)::int FROM judgement) AS judgements, (SELECT count(*)::int FROM prompt) AS prompts,
      (SELECT string_agg(state::text, ',' ORDER BY id) FROM lease) AS leases, (SELECT count(*)::int FROM run) AS runs,
      (SELECT count(*)::int FROM import) AS imports, (SELECT count(*)::int FROM evaluation) AS evaluations,
      (SELECT count(*)::int FROM schedule) AS schedules, (SELECT count(*)::int FROM link) AS links,
      (SELECT count(*)::int FROM member) AS members, (SELECT count(*)::int FROM project_access) AS access,
      (SELECT string_agg(state::text, ',' ORDER BY id) FROM task) AS tasks,
      (SELECT count(*)::int FROM guideline) AS guidelines, (SELECT count(*)::int FROM audit_event) AS events`;
  return row;
}

/** A request of the annotator's that was taken, its answer, and the same request once more. */
async function sent(url: string, body: unknown) {
  const again = () => annotator.send("POST", url, body);
  const response = await again();
  expect(response.statusCode, response.body).toBeLessThan(300);
  return {
    url,
    again,
    answer: response.json<LeasedTask & { judgementId: string; surplus: boolean; next: LeasedTask }>(),
  };
}

describe("an archived project", () => {
  it.each(refused)("refuses $name and changes nothing", async ({ name, route }) => {
    const before = await everything();
    const response = await call(
      name,
      route,
      route.access !== "public" && !route.access.includes("annotator") ? admin : annotator,
    );
    const { code, status, detail } = Problem.parse(response.json());
    expect({ code, status }).toEqual({ code: "project_archived", status: 409 });
    expect(detail).toContain("can restore it in its settings");
    expect(await everything()).toEqual(before);
  });

  it("answers what is stored already as it was answered at first, and stores nothing more", async () => {
    const id = await idOf(admin, "/api/projects", { name: "Cut off", overlap: 1 });
    await insertTasks(api.server.database, id, { tasks: 5, overlap: 1, batch: 100 });
    const claimed = await annotator.send("POST", `/api/work/${id}/claims`, { count: 2 });
    const [first, second] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
    if (!first || !second) throw new Error("no tasks");
    const judgement = await sent("/api/judgements", submissionFor(first));
    const skip = await sent(`/api/leases/${second.lease.id}/skip`, { leaseToken: second.lease.token, comment: "same" });
    const third = await sent("/api/judgements", submissionFor(judgement.answer.next));
    const key = { idempotencyKey: randomUUID() };
    const undo = await sent(`/api/judgements/${third.answer.judgementId}/undo`, key);
    const { id: leaseId, token } = skip.answer.next.lease;
    await sent(`/api/leases/${leaseId}/skip`, { leaseToken: token });
    const undoSkip = await sent(`/api/leases/${leaseId}/undo-skip`, key);
    await admin.send("PATCH", `/api/projects/${id}`, { state: "archived" });

    const before = await everything();
    const { judgementId, surplus } = judgement.answer;
    expect((await judgement.again()).json()).toMatchObject({ judgementId, surplus, created: false });
    expect((await skip.again()).json()).toMatchObject({ here: { skipped: 1 } });
    expect((await undo.again()).json()).toMatchObject({ taskId: undo.answer.taskId, lease: undo.answer.lease });
    expect((await undoSkip.again()).json()).toMatchObject({ taskId: undoSkip.answer.taskId });
    // What brings anything new is refused as before.
    for (const [url, body] of [
      ["/api/judgements", submissionFor(undo.answer)],
      [skip.url, { leaseToken: second.lease.token, comment: "and more" }],
      [skip.url, { leaseToken: second.lease.token, comment: "same", flagged: true }],
      [`/api/judgements/${judgementId}/undo`, { idempotencyKey: randomUUID() }],
      [undoSkip.url, { idempotencyKey: randomUUID() }],
    ] as const) {
      const response = await annotator.send("POST", url, body);
      expect(response.json(), response.body).toMatchObject({ code: "project_archived" });
    }
    expect(await everything()).toEqual(before);
  });

  it("of another workspace is not there, as before", async () => {
    const { admin: stranger } = await newTenant(api.server, "eve@example.org");
    const response = await stranger.send("PATCH", `/api/projects/${project.id}`, { name: "Mine" });
    expect(response.statusCode).toBe(404);
  });

  it("can be read and exported", async () => {
    const reads = table.filter(({ route }) => route.method === "GET" && route.path.startsWith("/api/projects/:id"));
    for (const { name, route } of reads) {
      const { url } = sampleRequest(name, route, project.id);
      const response = await admin.send("GET", url);
      // The model that its sample names is not there, no label set was made the latest and no copy asked for, archived or not.
      const status = ["getLabelFit", "getLatestLabelSetFile", "getArchiveFile"].includes(name) ? 404 : 200;
      expect({ name, status: response.statusCode }).toEqual({ name, status });
    }
  });

  it("starts nothing by schedule", async () => {
    expect(await fireSchedule(api.server.database, project.handles.schedule, new Date())).toBe(false);
  });

  it("lets what is under way be cancelled and what is given out be taken back, and may be archived once more", async () => {
    const { run, schedule, link } = project.handles;
    expect((await admin.send("POST", `/api/runs/${run}/cancel`)).json()).toMatchObject({ state: "cancelled" });
    expect((await admin.send("DELETE", `/api/schedules/${schedule}`)).statusCode).toBe(204);
    expect((await admin.send("DELETE", `/api/links/${link}`)).statusCode).toBe(204);
    const { lease } = project.handles;
    const { token } = await api.server.database.lease.findUniqueOrThrow({ where: { id: lease } });
    const released = await annotator.send("POST", `/api/leases/${lease}/release`, { leaseToken: token });
    expect(released.statusCode).toBe(204);
    expect((await admin.send("PATCH", `/api/projects/${project.id}`, { state: "archived" })).statusCode).toBe(200);
  });

  it("takes writes again once it is restored, with a name given in the same breath", async () => {
    const restored = await admin.send("PATCH", `/api/projects/${project.id}`, { state: "active", name: "New" });
    expect(restored.json()).toMatchObject({ state: "active", name: "New" });
    expect((await claims(project.id)).tasks).toHaveLength(1);
  });
});
