import { randomUUID } from "node:crypto";
import { Broadcast, broadcastChannel, type Role, SocketEvent } from "@touchstone/contracts";
import { resetLogin } from "@touchstone/persistence";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { LiveSocket } from "../harness/remote-visitor.ts";
import { createLogin, newTenant, Visitor } from "../harness/visitor.ts";

/** Two processes' worth of the API on one database and one Redis: people act at the one, sockets are open at the other. */
let here: TestApi;
let there: TestApi;
let origin: string;
let admin: Visitor;
let workspaceId: string;
let projectId: string;
let count = 0;
/** What the processes tell each other: without it a socket would end too, at the next heartbeat. */
let heard: Redis;
const told: Broadcast["type"][] = [];
const accessNews = () => told.filter((type) => type === "access-changed").length;

beforeAll(async () => {
  here = await openApi();
  there = await openApi({ DATABASE_URL: here.databaseUrl, REDIS_URL: here.redisUrl });
  origin = await there.server.listen({ host: "127.0.0.1", port: 0 });
  heard = new Redis(here.redisUrl);
  heard.on("message", (_channel, message) => told.push(Broadcast.parse(JSON.parse(message)).type));
  await heard.subscribe(broadcastChannel);
  ({ admin, workspaceId } = await newTenant(here.server, "ada@example.org"));
  projectId = (await admin.send("POST", "/api/projects", { name: "Stories" })).json<{ id: string }>().id;
});
afterAll(async () => {
  heard?.disconnect();
  await there?.close();
  await here?.close();
});

async function newcomer(role: Role = "researcher") {
  count += 1;
  const email = `person-${count}@example.org`;
  const { memberId } = await createLogin(here.server.database, email, { workspaceId, role });
  return { email, memberId, visitor: await new Visitor(here.server).signIn(email) };
}

const ticketOf = async (visitor: Visitor, headers: Record<string, string> = {}) =>
  (await visitor.send("POST", "/api/socket-tickets", undefined, headers)).json<{ ticket: string }>().ticket;

const isFigures = (message: unknown): message is SocketEvent => SocketEvent.safeParse(message).data?.type === "figures";

/** A socket that shows the project's figures. */
async function watching(ticket: string): Promise<LiveSocket> {
  const socket = await LiveSocket.open(origin, ticket);
  socket.say({ type: "subscribe", topic: "project", id: projectId });
  await socket.next(isFigures);
  return socket;
}

async function resetLink(memberId: string): Promise<string> {
  const link = await admin.send("POST", "/api/links", { kind: "password-reset", memberId });
  return `/api${link.json<{ path: string }>().path}`;
}

const disable = (memberId: string) =>
  here.server.database.member.update({ where: { id: memberId }, data: { disabledAt: new Date() } });

const endings: [string, (who: Awaited<ReturnType<typeof newcomer>>) => Promise<unknown>][] = [
  ["sign-out", ({ visitor }) => visitor.send("DELETE", "/api/session")],
  [
    "a password reset",
    async ({ memberId }) =>
      new Visitor(here.server).send("POST", await resetLink(memberId), { password: "another good password" }),
  ],
  [
    "a new password, in another browser",
    async ({ email }) => {
      const elsewhere = await new Visitor(here.server).signIn(email);
      const change = { present: "correct horse battery", password: "another good password" };
      return elsewhere.send("POST", "/api/account/password", change);
    },
  ],
  ["a lesser role", ({ memberId }) => admin.send("PATCH", `/api/members/${memberId}`, { role: "annotator" })],
  ["disabling", ({ memberId }) => admin.send("PATCH", `/api/members/${memberId}`, { disabled: true })],
];

describe("a socket", () => {
  it.each(endings)("ends at once with %s at another process, and so does a ticket made before", async (_, end) => {
    const who = await newcomer();
    const socket = await watching(await ticketOf(who.visitor));
    const ticket = await ticketOf(who.visitor);
    const before = accessNews();
    await end(who);
    await expect.poll(accessNews).toBeGreaterThan(before);
    expect(await socket.closed).toBe(4403);
    // With a lesser role it opens, and shows no more than that role may see.
    if (who.visitor.cookie && (await who.visitor.send("GET", "/api/session")).statusCode === 200) {
      const lesser = await LiveSocket.open(origin, ticket);
      lesser.say({ type: "subscribe", topic: "project", id: projectId });
      const answer = await lesser.next((message): message is unknown => message !== undefined);
      expect(answer).toMatchObject({ type: "refused", code: "forbidden" });
      return lesser.close();
    }
    await expect(LiveSocket.open(origin, ticket)).rejects.toThrow("401");
  });

  it("ends with the operator's reset, which no process of the API made: they are told by the outbox", async () => {
    const { email, visitor } = await newcomer();
    const socket = await watching(await ticketOf(visitor));
    const listener = new Redis(here.redisUrl);
    await listener.subscribe(broadcastChannel);
    // Without the news a heartbeat ends the socket as well, half a minute later.
    const told = new Promise((resolve) => {
      listener.on("message", (_, text) => text === JSON.stringify({ type: "access-changed" }) && resolve(text));
    });
    await resetLogin(here.server.database, email, "of a password that nobody knows");
    await told;
    expect(await socket.closed).toBe(4403);
    listener.disconnect();
  });

  it("that a token opened ends with the token, and not with its owner's session", async () => {
    const { visitor } = await newcomer();
    const draft = { name: "script", role: "reviewer" };
    const { id, token } = (await visitor.send("POST", "/api/tokens", draft)).json<{ id: string; token: string }>();
    const anonymous = new Visitor(here.server);
    const byToken = await watching(await ticketOf(anonymous, { authorization: `Bearer ${token}` }));
    const bySession = await watching(await ticketOf(visitor));
    await visitor.send("DELETE", `/api/tokens/${id}`);
    expect(await byToken.closed).toBe(4403);
    bySession.say({ type: "subscribe", topic: "project", id: projectId });
    await bySession.next(isFigures);
    bySession.close();
  });

  it("shows nothing from the moment its member is disabled, also when nobody has told this process", async () => {
    const [quiet, asking] = [await newcomer(), await newcomer()];
    const sockets = [await watching(await ticketOf(quiet.visitor)), await watching(await ticketOf(asking.visitor))];
    for (const { memberId } of [quiet, asking]) await disable(memberId);
    sockets[1]?.say({ type: "subscribe", topic: "project", id: projectId });
    const news = { type: "project-changed", projectId, workspaceId };
    await here.server.redis.publish(broadcastChannel, JSON.stringify(news));
    for (const socket of sockets) {
      expect(await socket.closed).toBe(4403);
      expect(socket.unread()).toEqual([]);
    }
  });
});

describe("what is refused on a socket whose credential has ended", () => {
  it.each([
    ["of a member who is disabled", ({ memberId }: { memberId: string }) => disable(memberId), "unauthenticated"],
    [
      "of a role that is the member's no more",
      ({ memberId }: { memberId: string }) =>
        here.server.database.member.update({ where: { id: memberId }, data: { role: "annotator" } }),
      "forbidden",
    ],
  ])("is refused for that, and nothing is said of what there is: %s", async (_, end, code) => {
    const who = await newcomer();
    const socket = await watching(await ticketOf(who.visitor));
    await end(who);
    const id = randomUUID();
    socket.say({ type: "subscribe", topic: "project", id });
    const answer = await socket.next((message): message is unknown => !isFigures(message));
    expect(answer).toMatchObject({ type: "refused", id, code });
    expect(await socket.closed).toBe(4403);
  });
});

describe("subscriptions", () => {
  it("are answered with one reading for all, and refused beyond the limits, with the reason", async () => {
    const socket = await LiveSocket.open(origin, await ticketOf(admin));
    const before = await readings();
    const asked = 1_000;
    for (let at = 0; at < asked; at += 1) socket.say({ type: "subscribe", topic: "project", id: projectId });
    const refusals = new Set<string>();
    const seen = { figures: 0, refused: 0 };
    while (seen.refused + seen.figures < asked) {
      const event = SocketEvent.parse(await socket.next((message): message is unknown => message !== undefined));
      if (event.type === "figures") seen.figures += 1;
      else if (event.type === "refused") {
        seen.refused += 1;
        refusals.add(event.detail ?? "");
      }
    }
    expect(seen.figures).toBeGreaterThan(0);
    expect(seen.figures).toBeLessThanOrEqual(120);
    expect([...refusals].join()).toMatch(/wait/);
    expect((await readings()) - before).toBeLessThanOrEqual(5);
    for (let at = 0; at < 300; at += 1) socket.say({ type: "subscribe", topic: "project", id: projectId });
    expect(await socket.closed).toBe(1008);
  });

  it("of many sockets to one project cost one reading, not one each", async () => {
    const before = await readings();
    const sockets = await Promise.all(Array.from({ length: 20 }, async () => watching(await ticketOf(admin))));
    expect((await readings()) - before).toBeLessThan(10);
    for (const socket of sockets) socket.close();
  });
});

async function readings(): Promise<number> {
  return (await there.server.liveReadings.get()).values[0]?.value ?? 0;
}
