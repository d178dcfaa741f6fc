import { type OpenDatabase, openDatabase, resetLogin } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hashPassword } from "../../apps/api/src/plugins/passwords.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { invite, newTenant, password, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let open: OpenDatabase;
let admin: Visitor;
let adminId: string;
beforeAll(async () => {
  api = await openApi();
  open = openDatabase(api.databaseUrl, { connections: 2 });
  ({ admin, memberId: adminId } = await newTenant(api.server, "ada@example.org"));
});
afterAll(async () => {
  await open.close();
  await api.close();
});

async function link(draft: Record<string, unknown>): Promise<{ id: string; path: string }> {
  return (await admin.send("POST", "/api/links", draft)).json();
}

describe("a login is global, a workspace's power is not", () => {
  it("leaves a login that other workspaces share to the operator, also by a link made before it was shared", async () => {
    const shared = await invite(admin, "annotator", "sam@example.org");
    const id = (await shared.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    const before = await link({ kind: "password-reset", memberId: id });
    const other = await newTenant(api.server, "eve@example.org");
    const invitation = await other.admin.send("POST", "/api/links", { kind: "invitation", role: "annotator" });
    await shared.send("POST", `/api${invitation.json<{ path: string }>().path}/member`, {});

    const members = (await other.admin.send("GET", "/api/members")).json<{ items: { id: string; name: string }[] }>();
    const theirs = members.items.find(({ name }) => name === "sam@example.org")?.id;
    const asked = await other.admin.send("POST", "/api/links", { kind: "password-reset", memberId: theirs });
    expect([asked.statusCode, asked.json()]).toEqual([
      403,
      expect.objectContaining({ reason: "loginOfSeveralWorkspaces" }),
    ]);
    const late = await new Visitor(api.server).send("POST", `/api${before.path}`, {
      password: "another good password",
    });
    expect(late.statusCode).toBe(403);
    const stillGood = await new Visitor(api.server).send("POST", "/api/session", {
      email: "sam@example.org",
      password,
    });
    expect(stillGood.statusCode).toBe(200);

    await resetLogin(open.db, "Sam@Example.org", await hashPassword("what the operator chose"));
    expect((await shared.send("GET", "/api/session")).statusCode).toBe(401);
    for (const [word, status] of [
      [password, 401],
      ["what the operator chose", 200],
    ] as const) {
      const visitor = new Visitor(api.server);
      const answer = await visitor.send("POST", "/api/session", { email: "sam@example.org", password: word });
      expect(answer.statusCode).toBe(status);
    }
    for (const one of [admin, other.admin]) {
      const { items } = (await one.send("GET", "/api/audit")).json<{ items: { action: string; detail: object }[] }>();
      expect(items).toContainEqual(expect.objectContaining({ action: "password.reset", detail: { byOperator: true } }));
    }
  });

  it("ends the API tokens of whoever had the login before", async () => {
    const di = await invite(admin, "annotator", "di@example.org");
    const id = (await di.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    const made = await di.send("POST", "/api/tokens", { name: "theirs", role: "annotator", expiresInDays: 1 });
    const holder = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    const asked = () => api.server.inject({ url: "/api/work", headers: holder });
    expect((await asked()).statusCode).toBe(200);
    const { path } = await link({ kind: "password-reset", memberId: id });
    await new Visitor(api.server).send("POST", `/api${path}`, { password: "another good password" });
    expect((await asked()).statusCode).toBe(401);
  });

  it("makes nothing by a token that would outlive it, nor lets a lesser token reach a greater one", async () => {
    const made = await admin.send("POST", "/api/tokens", { name: "script", role: "admin", expiresInDays: 1 });
    const { id, token } = made.json<{ id: string; token: string }>();
    const byToken = (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object) =>
      api.server.inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}` },
        ...(payload ? { payload } : {}),
      });
    const refused = await Promise.all([
      byToken("POST", "/api/links", { kind: "invitation", role: "admin" }),
      byToken("POST", "/api/links", { kind: "password-reset", memberId: adminId }),
      byToken("PATCH", `/api/members/${adminId}`, { role: "admin" }),
      byToken("POST", "/api/tokens", { name: "heir", role: "admin", expiresInDays: 1 }),
      byToken("GET", "/api/tokens"),
      byToken("DELETE", `/api/tokens/${id}`),
    ]);
    expect(refused.map((answer) => [answer.statusCode, answer.json<{ reason: string }>().reason])).toEqual(
      Array.from({ length: 6 }, () => [403, "signInForThis"]),
    );
    expect((await byToken("GET", "/api/members")).statusCode).toBe(200);
  });

  it("ends the API tokens of who is disabled, for good, and says how many in the audit", async () => {
    const kim = await invite(admin, "annotator", "kim@example.org");
    const id = (await kim.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    const made = await kim.send("POST", "/api/tokens", { name: "theirs", role: "annotator", expiresInDays: 1 });
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    const asked = async () => (await api.server.inject({ url: "/api/work", headers })).statusCode;
    expect(await asked()).toBe(200);
    for (const disabled of [true, false]) {
      await admin.send("PATCH", `/api/members/${id}`, { disabled });
      expect([disabled, await asked()]).toEqual([disabled, 401]);
    }
    await kim.signIn("kim@example.org");
    expect((await kim.send("GET", "/api/tokens")).json<{ items: unknown[] }>().items).toEqual([]);
    const { items } = (await admin.send("GET", "/api/audit")).json<{ items: { action: string; detail: object }[] }>();
    expect(items).toContainEqual(
      expect.objectContaining({ action: "member.changed", detail: { disabled: true, tokensRevoked: 1 } }),
    );
  });

  it("leaves no way back in by a link that somebody made before they lost their power, and open links to all", async () => {
    const projectId = (await admin.send("POST", "/api/projects", { name: "Stories" })).json<{ id: string }>().id;
    const losses: [string, (id: string) => Promise<unknown>][] = [
      ["another role", (id) => admin.send("PATCH", `/api/members/${id}`, { role: "researcher" })],
      ["disabling", (id) => admin.send("PATCH", `/api/members/${id}`, { disabled: true })],
      [
        "a reset",
        async (id) => {
          const { path } = await link({ kind: "password-reset", memberId: id });
          return new Visitor(api.server).send("POST", `/api${path}`, { password: "another good password" });
        },
      ],
    ];
    for (const [how, lose] of losses) {
      const second = await invite(admin, "admin", `${how.replaceAll(" ", "-")}@example.org`);
      const id = (await second.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
      const made = async (draft: object) =>
        (await second.send("POST", "/api/links", draft)).json<{ path: string }>().path;
      const paths = [
        await made({ kind: "invitation", role: "admin" }),
        await made({ kind: "password-reset", memberId: adminId }),
        await made({ kind: "open", projectId, capacity: 5, consent: "Yes?" }),
      ];
      await lose(id);
      const usable = await Promise.all(paths.map((path) => new Visitor(api.server).send("GET", `/api${path}`)));
      expect([how, ...usable.map(({ statusCode }) => statusCode)]).toEqual([how, 410, 410, 200]);
    }
    const { items } = (await admin.send("GET", "/api/audit")).json<{ items: { detail: object }[] }>();
    expect(items.map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        { disabled: true, tokensRevoked: 0, linksRevoked: 2 },
        { role: "researcher", linksRevoked: 2 },
      ]),
    );
  });

  it("goes by the database's clock with links and tokens, however wrong this process's is", async () => {
    const hour = 3_600_000;
    const usable = async (path: string) => (await admin.send("GET", `/api${path}`)).statusCode;
    const before = await link({ kind: "invitation", role: "annotator", expiresInHours: 1 });
    let madeThen = "";
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * hour });
    try {
      const { id, path } = await link({ kind: "invitation", role: "annotator", expiresInHours: 1 });
      madeThen = id;
      expect([await usable(before.path), await usable(path)]).toEqual([200, 200]);
      const made = await admin.send("POST", "/api/tokens", { name: "of a day", role: "annotator", expiresInDays: 1 });
      expect(made.statusCode).toBe(201);
      const names = (await admin.send("GET", "/api/tokens")).json<{ items: { name: string }[] }>().items;
      expect(names.map(({ name }) => name)).toContain("of a day");
    } finally {
      vi.useRealTimers();
    }
    const [row] = await open.db.$queryRaw<{ link: boolean; token: boolean }[]>`
      SELECT (SELECT expires_at FROM link WHERE id = ${madeThen}::uuid) <= now() + interval '1 hour' AS link,
        (SELECT max(expires_at) FROM api_token) <= now() + interval '1 day' AS token`;
    expect(row).toEqual({ link: true, token: true });
  });
});
