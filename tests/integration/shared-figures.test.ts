import { type ProjectFigures, SocketEvent } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { insertTasks } from "../harness/labelling-project.ts";
import { LiveSocket, RemoteVisitor } from "../harness/remote-visitor.ts";
import { createLogin } from "../harness/visitor.ts";

let api: TestApi;
let origin: string;
let admin: RemoteVisitor;
let annotator: RemoteVisitor;
let projectId: string;

beforeAll(async () => {
  api = await openApi();
  origin = await api.server.listen({ host: "127.0.0.1", port: 0 });
  const db = api.server.database;
  const { workspaceId } = await createLogin(db, "ada@example.org");
  await createLogin(db, "ben@example.org", { workspaceId, role: "annotator" });
  [admin, annotator] = (await Promise.all(
    ["ada@example.org", "ben@example.org"].map((email) => RemoteVisitor.signIn(origin, email)),
  )) as [RemoteVisitor, RemoteVisitor];
  projectId = (await admin.json<{ id: string }>("POST", "/api/projects", { name: "Watched" })).id;
  await insertTasks(db, projectId, { tasks: 20, overlap: 1, batch: 100 });
});
afterAll(() => api?.close());

const figuresPath = () => `/api/projects/${projectId}/figures`;
const computed = async () => (await api.server.figuresComputed.get()).values[0]?.value ?? 0;
const hasPeople =
  (count: number) =>
  (message: unknown): message is SocketEvent => {
    const event = SocketEvent.safeParse(message).data;
    return event?.type === "figures" && event.figures.judgements.person === count;
  };

async function watching(): Promise<LiveSocket> {
  const socket = await LiveSocket.open(origin, await admin.ticket());
  socket.say({ type: "subscribe", topic: "project", id: projectId });
  return socket;
}

/** From source the thread that computes takes its time to start; how long decides nothing. */
const patient = { timeout: 240_000 };

describe("the figures of a project", () => {
  it("are computed once for a judgement, however many watch by sockets and by requests", patient, async () => {
    const sockets = await Promise.all(Array.from({ length: 30 }, watching));
    await Promise.all(sockets.map((socket) => socket.next(hasPeople(0))));
    const before = await computed();
    expect(await annotator.judgeOne(projectId)).toBe(201);
    const judgedAt = performance.now();
    await Promise.all(sockets.map((socket) => socket.next(hasPeople(1))));
    expect((await computed()) - before).toBe(1);
    const asked = await Promise.all(Array.from({ length: 20 }, () => admin.json<ProjectFigures>("GET", figuresPath())));
    expect(asked.map(({ judgements }) => judgements.person)).toEqual(Array.from({ length: 20 }, () => 1));
    // They are shown for a second; on a machine that took longer, some asked later.
    const secondsLater = Math.floor((performance.now() - judgedAt) / 1_000);
    expect((await computed()) - before).toBeLessThanOrEqual(1 + secondsLater);
    for (const socket of sockets) socket.close();
  });

  it("show staff what they have just changed", async () => {
    const before = await admin.json<ProjectFigures>("GET", figuresPath());
    const file = '{"prompt": "Why?", "completions": ["Because.", "So."]}\n';
    const imports = `/api/projects/${projectId}/imports?format=prompts`;
    expect((await admin.sendLines(imports, file)).status).toBe(201);
    const after = await admin.json<ProjectFigures>("GET", figuresPath());
    expect(after.prompts).toBe(before.prompts + 1);
  });

  it("are read on connections of their own, while all others for reading are taken", async () => {
    const { pool } = api.server.bulk;
    const taken = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    const socket = await watching();
    try {
      expect(await annotator.judgeOne(projectId)).toBe(201);
      await socket.next(hasPeople(2));
    } finally {
      for (const client of taken) client.release();
    }
    socket.close();
  });
});
