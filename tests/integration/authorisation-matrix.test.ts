import { randomUUID } from "node:crypto";
import {
  Problem,
  Role,
  type Route,
  type RouteName,
  routeNames,
  routes,
  SocketEvent,
  SocketTopic,
} from "@touchstone/contracts";
import { closeSession, resetLogin } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LiveSocket } from "../harness/remote-visitor.ts";
import { sampleRequest } from "../harness/sample-requests.ts";
import { attemptSocket } from "../harness/socket-attempt.ts";
import {
  bySession,
  byToken,
  type Headers,
  type Member,
  openTwoTenants,
  type TwoTenants,
} from "../harness/two-tenants.ts";
import { createLogin } from "../harness/visitor.ts";
import { signedInOnly, whoMay, whoMayWatch } from "../harness/who-may.ts";

let tenants: TwoTenants;
let origin: string;
beforeAll(async () => {
  tenants = await openTwoTenants();
  origin = await tenants.api.server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => tenants?.api.close());

const table = routeNames.map((name): { name: RouteName; route: Route } => ({ name, route: routes[name] }));
const restricted = table.filter(({ name }) => whoMay[name] !== "public");

const sockets = restricted.filter(({ route }) => route.socket);
const topics = SocketTopic.options;

const db = () => tenants.api.server.database;
const bySessionOf = (member: Member) => bySession(db(), member);
const byTokenOf = (member: Member, role: Role) => byToken(db(), member, role);

/** What a socket opened by these headers says to each of these: the code of its refusal, or what it shows. */
async function watched(headers: Headers, wanted: readonly (readonly [string, string])[]): Promise<string[]> {
  const socket = await LiveSocket.at(origin, routes.openSocket.path, headers);
  const said: string[] = [];
  for (const [topic, id] of wanted) {
    socket.say({ type: "subscribe", topic, id });
    const event = await socket.next((message): message is SocketEvent => SocketEvent.safeParse(message).success);
    said.push(event.type === "refused" ? event.code : event.type);
  }
  socket.close();
  return said;
}

async function call({ name, route }: (typeof table)[number], headers: Headers, id?: string) {
  if (route.socket) return attemptSocket(origin, route.path, headers);
  const request = sampleRequest(name, route, id);
  const response = await tenants.api.server.inject({ ...request, headers: { ...request.headers, ...headers } });
  const isProblem = response.headers["content-type"] === "application/problem+json";
  return { status: response.statusCode, code: isProblem ? Problem.parse(response.json()).code : undefined };
}

/** What became of a call as far as rights go. */
async function verdict(entry: (typeof table)[number], headers: Headers, id?: string): Promise<string> {
  const { status, code } = await call(entry, headers, id);
  if (status >= 500) return `${status}`;
  return status === 401 || status === 403 ? (code ?? `${status}`) : "passed";
}

const lesser = (one: Role, other: Role) => (Role.options.indexOf(one) > Role.options.indexOf(other) ? one : other);
const mayBe = (name: RouteName, role: Role) => {
  const roles: readonly Role[] | "public" = whoMay[name];
  return roles === "public" || roles.includes(role);
};

/** Asked for what is not there, a socket says so to whoever may watch its kind. */
const mayWatch = (role: Role) =>
  topics.map((topic) => (whoMayWatch[topic].some((one) => one === role) ? "not_found" : "forbidden"));
const watchedByNobody = (headers: Headers) =>
  watched(
    headers,
    topics.map((topic) => [topic, randomUUID()]),
  );

describe("the table of who may", () => {
  it("says of every route what the route says of itself", () => {
    const said = Object.fromEntries(table.map(({ name, route }) => [name, route.access]));
    expect(said).toEqual(whoMay);
  });
});

describe.each(Role.options)("as %s of either workspace", (role) => {
  it("a session opens what the role may, and nothing else", async () => {
    for (const member of tenants.members.filter((one) => one.role === role)) {
      const seen: Record<string, string> = {};
      for (const entry of restricted) seen[entry.name] = await verdict(entry, await bySessionOf(member));
      expect(seen).toEqual(
        Object.fromEntries(restricted.map(({ name }) => [name, mayBe(name, role) ? "passed" : "forbidden"])),
      );
      expect(await watchedByNobody(await bySessionOf(member))).toEqual(mayWatch(role));
    }
  });

  it.each(Role.options)(
    "a token of scope %s opens what the lesser of both may, and nothing that outlives it",
    async (scope) => {
      const member = memberOf(role);
      const headers = await byTokenOf(member, scope);
      const acts = lesser(role, scope);
      const seen: Record<string, string> = {};
      for (const entry of restricted) seen[entry.name] = await verdict(entry, headers);
      const expected = restricted.map(({ name }) => [
        name,
        mayBe(name, acts) && !signedInOnly.includes(name) ? "passed" : "forbidden",
      ]);
      expect(seen).toEqual(Object.fromEntries(expected));
      expect(await watchedByNobody(headers)).toEqual(mayWatch(acts));
    },
  );
});

function memberOf(role: Role): Member {
  const member = tenants.members.find((one) => one.role === role);
  if (!member) throw new Error(`There is no ${role}.`);
  return member;
}

/** An admin made for the case, since what is done to them can't be undone. */
async function newAdmin() {
  const email = `${crypto.randomUUID()}@example.org`;
  const { workspaceId } = memberOf("admin");
  const { memberId } = await createLogin(db(), email, { workspaceId, role: "admin" });
  return { email, id: memberId, workspaceId, role: "admin" } as const;
}

type Admin = Awaited<ReturnType<typeof newAdmin>>;

const past = new Date(Date.now() - 1_000);
const ofMember = ({ id }: Admin) => ({ where: { memberId: id } });
const reset = (admin: Admin) => resetLogin(db(), admin.email, "another");
const disable = ({ id }: Admin) => db().member.update({ where: { id }, data: { disabledAt: past } });

interface Ending {
  readonly by: "session" | "token";
  end(admin: Admin, headers: Headers): Promise<unknown>;
  /** What whoever goes on using the credential is told. */
  readonly told?: string;
}

/** What ends a credential. */
const endings: Record<string, Ending> = {
  "a token that was revoked": {
    by: "token",
    end: (admin) => db().apiToken.updateMany({ ...ofMember(admin), data: { revokedAt: past } }),
  },
  "a token that has expired": {
    by: "token",
    end: (admin) => db().apiToken.updateMany({ ...ofMember(admin), data: { expiresAt: past } }),
  },
  "a token after a reset of the login": { by: "token", end: reset },
  "a token of somebody who was disabled": { by: "token", end: disable },
  "a session that was signed out": {
    by: "session",
    end: (_, { cookie = "" }) => closeSession(db(), cookie.split("=")[1] ?? ""),
  },
  "a session that has expired": {
    by: "session",
    end: (admin) => db().session.updateMany({ ...ofMember(admin), data: { expiresAt: past } }),
  },
  "a session after a reset of the login": { by: "session", end: reset },
  "a session of somebody who was disabled": { by: "session", end: disable, told: "account_disabled" },
};

describe.each(Object.entries(endings))("%s", (_, { by, end, told = "unauthenticated" }) => {
  it("opens nothing, and neither does a ticket made before, nor shows a socket opened before anything more", async () => {
    const admin = await newAdmin();
    const headers = by === "session" ? await bySessionOf(admin) : await byTokenOf(admin, "admin");
    const made = await tenants.api.server.inject({ method: "POST", url: "/api/socket-tickets", headers });
    const { project } = await tenants.rowsOf(admin.workspaceId);
    const open = await Promise.all(sockets.map(({ route }) => LiveSocket.at(origin, route.path, headers)));
    await end(admin, headers);
    const seen: Record<string, string> = {};
    for (const entry of restricted) seen[entry.name] = await verdict(entry, headers);
    expect(seen).toEqual(Object.fromEntries(restricted.map(({ name }) => [name, told])));
    for (const { route } of sockets) {
      const path = `${route.path}?ticket=${made.json<{ ticket: string }>().ticket}`;
      expect(await attemptSocket(origin, path, {})).toEqual({ status: 401, code: "unauthenticated" });
    }
    for (const socket of open) {
      socket.say({ type: "subscribe", topic: "project", id: project });
      expect([await socket.closed, socket.unread()]).toEqual([4403, []]);
    }
  });
});

describe("the admin of another workspace", () => {
  it.each(["session", "token"])("finds none of its rows, of whatever kind, by %s", async (how) => {
    const [first] = tenants.members;
    const other = tenants.members.find((one) => one.role === "admin" && one.workspaceId !== first?.workspaceId);
    if (!first || !other) throw new Error("There are no two workspaces.");
    const headers = how === "session" ? await bySessionOf(other) : await byTokenOf(other, "admin");
    const byId = restricted.filter(({ route }) => route.path.includes(":id"));
    const found: unknown[] = [];
    for (const [noun, id] of Object.entries(await tenants.rowsOf(first.workspaceId))) {
      for (const entry of byId) {
        const { status, code } = await call(entry, headers, id);
        const closed = how === "token" && signedInOnly.includes(entry.name);
        if (code !== (closed ? "forbidden" : "not_found")) found.push({ route: entry.name, noun, status, code });
      }
    }
    for (const topic of topics) {
      for (const [noun, id] of Object.entries(await tenants.rowsOf(first.workspaceId))) {
        const [said] = await watched(headers, [[topic, id]]);
        if (said !== "not_found") found.push({ topic, noun, said });
      }
    }
    expect(found).toEqual([]);
  });
});
