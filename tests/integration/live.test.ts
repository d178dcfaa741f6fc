import { broadcastChannel, SocketEvent } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { insertTasks } from "../harness/labelling-project.ts";
import { LiveSocket, RemoteVisitor } from "../harness/remote-visitor.ts";
import { createLogin } from "../harness/visitor.ts";

let database: TestDatabase;
let opened: OpenDatabase;
let redis: Redis;
let here: ApiProcess;
let there: ApiProcess;
let admin: RemoteVisitor;
let annotator: RemoteVisitor;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  const redisUrl = await freshRedis();
  redis = new Redis(redisUrl);
  opened = openDatabase(database.url);
  const { workspaceId } = await createLogin(opened.db, "ada@example.org");
  const options = { databaseUrl: database.url, redisUrl };
  [here, there] = await Promise.all([spawnApi(options), spawnApi(options)]);
  admin = await RemoteVisitor.signIn(here.url, "ada@example.org");
  projectId = (await admin.json<{ id: string }>("POST", "/api/projects", { name: "Stories", overlap: 1 })).id;
  await insertTasks(opened.db, projectId, { tasks: 20, overlap: 1, question: "rating", batch: 100 });
  await createLogin(opened.db, "ben@example.org", { workspaceId, role: "annotator" });
  annotator = await RemoteVisitor.signIn(there.url, "ben@example.org");
});
afterAll(async () => {
  await Promise.all([here?.kill(), there?.kill()]);
  await opened?.close();
  redis?.disconnect();
  await database?.drop();
});

type Figures = Extract<SocketEvent, { type: "figures" }>;
const isEvent = (message: unknown): message is SocketEvent => SocketEvent.safeParse(message).success;
const hasPeople =
  (count: number) =>
  (message: unknown): message is Figures =>
    isEvent(message) && message.type === "figures" && message.figures.judgements.person === count;

describe("live figures", () => {
  it("show at once, and then what was judged at another process of the API", async () => {
    const socket = await LiveSocket.open(here.url, await admin.ticket());
    socket.say({ type: "subscribe", topic: "project", id: projectId });
    expect((await socket.next(hasPeople(0))).figures.tasks).toMatchObject({ open: 20, total: 20 });
    expect(await annotator.judgeOne(projectId)).toBe(201);
    const start = performance.now();
    const { figures } = await socket.next(hasPeople(1));
    expect(figures.lastHour).toBe(1);
    expect(performance.now() - start).toBeLessThan(5_000);
    socket.close();
  });

  it("come together when judgements come fast: many judgements, few messages, the last one right", async () => {
    const socket = await LiveSocket.open(here.url, await admin.ticket());
    socket.say({ type: "subscribe", topic: "project", id: projectId });
    await socket.next(hasPeople(1));
    let messages = 0;
    const counted = (message: unknown): message is Figures => {
      messages += 1;
      return hasPeople(11)(message);
    };
    for (let count = 0; count < 10; count += 1) await annotator.judgeOne(projectId);
    await socket.next(counted);
    expect(messages).toBeLessThan(8);
    socket.close();
  });

  it("pass a run's metrics on as they come from a worker", async () => {
    const { id, workspaceId } = await opened.db.run.create({
      data: {
        projectId,
        workspaceId: (await opened.db.project.findUniqueOrThrow({ where: { id: projectId } })).workspaceId,
        kind: "reward",
        name: "Reward model",
        spec: {},
        seed: 1,
      },
    });
    const socket = await LiveSocket.open(there.url, await admin.at(there.url).ticket());
    socket.say({ type: "subscribe", topic: "run", id });
    await socket.next((message): message is SocketEvent => isEvent(message) && message.type === "run");
    const news = { type: "run-metrics", runId: id, workspaceId, step: 3, values: { loss: 0.5 } };
    await redis.publish(broadcastChannel, JSON.stringify(news));
    const metrics = await socket.next((m): m is SocketEvent => isEvent(m) && m.type === "metrics");
    expect(metrics).toEqual({ type: "metrics", id, step: 3, values: { loss: 0.5 } });
    socket.close();
  });
});

describe("questions to the staff", () => {
  const isGuidance = (message: unknown): message is SocketEvent => isEvent(message) && message.type === "guidance";

  it("are told to whoever works there and to the staff as they come and are answered, with nothing of what they say", async () => {
    const claims = `/api/work/${projectId}/claims`;
    const { tasks } = await annotator.json<{ tasks: { taskId: string }[] }>("POST", claims, { count: 1 });
    const asker = await LiveSocket.open(there.url, await annotator.ticket());
    const staff = await LiveSocket.open(here.url, await admin.ticket());
    for (const socket of [asker, staff]) {
      socket.say({ type: "subscribe", topic: "guidance", id: projectId });
      expect(await socket.next(isGuidance)).toEqual({ type: "guidance", id: projectId });
    }
    const open = () => admin.json("GET", `/api/projects/${projectId}/remarks/open`);
    expect(await open()).toEqual({ questions: 0, flags: 0 });
    const question = { taskId: tasks[0]?.taskId, text: "Which?", idempotencyKey: crypto.randomUUID() };
    const { id } = await annotator.json<{ id: string }>("POST", `/api/work/${projectId}/inquiries`, question);
    for (const socket of [asker, staff])
      expect(await socket.next(isGuidance)).toEqual({ type: "guidance", id: projectId });
    expect(await open()).toEqual({ questions: 1, flags: 0 });
    const answer = { text: "This one.", forAll: false };
    const answered = await admin.send("POST", `/api/projects/${projectId}/inquiries/${id}/answer`, answer);
    expect(answered.status).toBe(204);
    for (const socket of [asker, staff])
      expect(await socket.next(isGuidance)).toEqual({ type: "guidance", id: projectId });
    expect(await open()).toEqual({ questions: 0, flags: 0 });
    for (const socket of [asker, staff]) socket.close();
  });
});

describe("the socket", () => {
  it("opens once with a ticket, at whichever process, and not without", async () => {
    const ticket = await admin.ticket();
    (await LiveSocket.open(there.url, ticket)).close();
    await expect(LiveSocket.open(there.url, ticket)).rejects.toThrow("401");
    await expect(LiveSocket.open(here.url, ticket)).rejects.toThrow("401");
    await expect(LiveSocket.open(here.url, "made-up")).rejects.toThrow("401");
  });

  it("stays closed to pages of other sites, whose attempt does not use the ticket up", async () => {
    const ticket = await admin.ticket();
    await expect(LiveSocket.open(here.url, ticket, "https://evil.example")).rejects.toThrow("403");
    (await LiveSocket.open(here.url, ticket, here.url)).close();
  });

  it("refuses a topic that is not the member's to see, by name", async () => {
    const refused = (message: unknown): message is SocketEvent => isEvent(message) && message.type === "refused";
    const socket = await LiveSocket.open(there.url, await annotator.ticket());
    socket.say({ type: "subscribe", topic: "project", id: projectId });
    expect(await socket.next(refused)).toMatchObject({ type: "refused", id: projectId, code: "forbidden" });
    socket.close();

    await createLogin(opened.db, "eve@example.org");
    const eve = await RemoteVisitor.signIn(here.url, "eve@example.org");
    const foreign = await LiveSocket.open(here.url, await eve.ticket());
    foreign.say({ type: "subscribe", topic: "project", id: projectId });
    expect(await foreign.next(refused)).toMatchObject({ type: "refused", id: projectId, code: "not_found" });
    foreign.close();
  });

  it.each(["not JSON", '{"type":"shout"}', `{"type":"subscribe","topic":"project","id":"17"}`, "x".repeat(1_025)])(
    "ends when a client says what is not in the contract, as %j",
    async (message) => {
      const socket = await LiveSocket.open(here.url, await admin.ticket());
      socket.say(message);
      expect([1008, 1009]).toContain(await socket.closed);
    },
  );
});
