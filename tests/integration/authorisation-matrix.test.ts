import { isRouteName, Problem, Role, type Route, type RouteName, routes } from "@touchstone/contracts";
import { closeSession, resetLogin } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleRequest } from "../harness/sample-requests.ts";
import {
  bySession,
  byToken,
  type Headers,
  type Member,
  openTwoTenants,
  type TwoTenants,
} from "../harness/two-tenants.ts";
import { createLogin } from "../harness/visitor.ts";
import { signedInOnly, whoMay } from "../harness/who-may.ts";

let tenants: TwoTenants;
beforeAll(async () => {
  tenants = await openTwoTenants();
});
afterAll(() => tenants?.api.close());

const table = Object.keys(routes)
  .filter(isRouteName)
  .map((name): { name: RouteName; route: Route } => ({ name, route: routes[name] }));
const restricted = table.filter(({ name }) => whoMay[name] !== "public");

const db = () => tenants.api.server.database;
const bySessionOf = (member: Member) => bySession(db(), member);
const byTokenOf = (member: Member, role: Role) => byToken(db(), member, role);

async function call({ name, route }: (typeof table)[number], headers: Headers, id?: string) {
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

const revoke = (id: string) => db().apiToken.updateMany({ where: { memberId: id }, data: { revokedAt: new Date() } });
const past = new Date(Date.now() - 1_000);

/** What ends a credential, and what whoever goes on using it is told. */
const ended: Record<string, (admin: Awaited<ReturnType<typeof newAdmin>>) => Promise<[Headers, string]>> = {
  "a token that was revoked": async (admin) => {
    const headers = await byTokenOf(admin, "admin");
    await revoke(admin.id);
    return [headers, "unauthenticated"];
  },
  "a token that has expired": async (admin) => {
    const headers = await byTokenOf(admin, "admin");
    await db().apiToken.updateMany({ where: { memberId: admin.id }, data: { expiresAt: past } });
    return [headers, "unauthenticated"];
  },
  "a token after a reset of the login": async (admin) => {
    const headers = await byTokenOf(admin, "admin");
    await resetLogin(db(), admin.email, "another");
    return [headers, "unauthenticated"];
  },
  "a token of somebody who was disabled": async (admin) => {
    const headers = await byTokenOf(admin, "admin");
    await db().member.update({ where: { id: admin.id }, data: { disabledAt: past } });
    return [headers, "unauthenticated"];
  },
  "a session that was signed out": async (admin) => {
    const headers = await bySessionOf(admin);
    await closeSession(db(), headers.cookie?.split("=")[1] ?? "");
    return [headers, "unauthenticated"];
  },
  "a session that has expired": async (admin) => {
    const headers = await bySessionOf(admin);
    await db().session.updateMany({ where: { memberId: admin.id }, data: { expiresAt: past } });
    return [headers, "unauthenticated"];
  },
  "a session after a reset of the login": async (admin) => {
    const headers = await bySessionOf(admin);
    await resetLogin(db(), admin.email, "another");
    return [headers, "unauthenticated"];
  },
  "a session of somebody who was disabled": async (admin) => {
    const headers = await bySessionOf(admin);
    await db().member.update({ where: { id: admin.id }, data: { disabledAt: past } });
    return [headers, "account_disabled"];
  },
};

describe.each(Object.entries(ended))("%s", (_, end) => {
  it("opens nothing", async () => {
    const [headers, told] = await end(await newAdmin());
    const seen: Record<string, string> = {};
    for (const entry of restricted) seen[entry.name] = await verdict(entry, headers);
    expect(seen).toEqual(Object.fromEntries(restricted.map(({ name }) => [name, told])));
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
    expect(found).toEqual([]);
  });
});
