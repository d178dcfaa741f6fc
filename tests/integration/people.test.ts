import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { invite, newTenant, password, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let adminId: string;
let projectId: string;

beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  adminId = tenant.memberId;
  const project = await admin.send("POST", "/api/projects", { name: "Stories", guideline: "Be fair." });
  projectId = project.json<{ id: string }>().id;
});
afterAll(() => api.close());

async function sql(statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function link(draft: Record<string, unknown>): Promise<{ id: string; path: string }> {
  const response = await admin.send("POST", "/api/links", draft);
  expect(response.statusCode).toBe(201);
  return response.json();
}

const openLink = (capacity: number) =>
  link({ kind: "open", projectId, capacity, consent: "Your answers train a model." });

describe("the members", () => {
  it("are found by a part of their name or address, in either case, where a wildcard is a letter like any other", async () => {
    const { admin } = await newTenant(api.server, "finder@example.org");
    await invite(admin, "annotator", "Grete_Weil@example.org");
    await invite(admin, "annotator", "hans.grete@example.org");
    const found = async (search: string) => {
      const response = await admin.send("GET", `/api/members?search=${encodeURIComponent(search)}`);
      return response
        .json<{ items: { name: string }[] }>()
        .items.map(({ name }) => name)
        .sort();
    };
    expect(await found("GRETE")).toEqual(["Grete_Weil@example.org", "hans.grete@example.org"]);
    expect(await found("te_we")).toEqual(["Grete_Weil@example.org"]);
    expect(await found("s_grete")).toEqual([]);
    expect(await found("100%")).toEqual([]);
  });
});

describe("a session", () => {
  it("begins with the right password and tells who is signed in", async () => {
    const session = await admin.send("GET", "/api/session");
    expect(session.json()).toMatchObject({ member: { id: adminId, email: "ada@example.org", role: "admin" } });
    expect(session.headers["cache-control"]).toBe("no-store");
  });

  it("is a HttpOnly cookie that other sites do not send, and Postgres knows only its hash", async () => {
    const visitor = new Visitor(api.server);
    const response = await visitor.send("POST", "/api/session", { email: "ada@example.org", password });
    expect(response.headers["set-cookie"]?.[0]).toMatch(
      /^touchstone=\S+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const secret = visitor.cookie?.split("=")[1] ?? "";
    const dump = JSON.stringify(await sql("SELECT * FROM session"));
    expect(secret.length).toBeGreaterThan(40);
    expect(dump).not.toContain(secret);
  });

  it("is host-bound and secure under https", async () => {
    const secure = await openApi({ TOUCHSTONE_PUBLIC_URL: "https://touchstone.example" });
    try {
      await newTenant(secure.server, "ada@example.org");
      const response = await new Visitor(secure.server).send("POST", "/api/session", {
        email: "ada@example.org",
        password,
      });
      expect(response.headers["set-cookie"]?.[0]).toMatch(
        /^__Host-touchstone=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await secure.close();
    }
  });

  it("answers the same to an unknown address and to a wrong password", async () => {
    const visitor = new Visitor(api.server);
    const known = await visitor.send("POST", "/api/session", { email: "ada@example.org", password: "wrong" });
    const unknown = await visitor.send("POST", "/api/session", { email: "eve@example.org", password: "wrong" });
    expect([known.statusCode, unknown.statusCode]).toEqual([401, 401]);
    const { requestId: _, ...first } = known.json<{ requestId: string }>();
    const { requestId: __, ...second } = unknown.json<{ requestId: string }>();
    expect(first).toEqual(second);
  });

  it("stops a guesser after ten attempts, whatever the eleventh says", async () => {
    const visitor = new Visitor(api.server);
    const guess = (text: string) =>
      visitor.send("POST", "/api/session", { email: "guess@example.org", password: text });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess("wrong")).statusCode).toBe(401);
    const eleventh = await guess(password);
    expect([eleventh.statusCode, eleventh.json<{ code: string }>().code]).toEqual([429, "too_many_requests"]);
  });

  it("ends with signing out: the cookie opens nothing any more", async () => {
    const visitor = await new Visitor(api.server).signIn("ada@example.org");
    const { cookie } = visitor;
    expect((await visitor.send("DELETE", "/api/session")).statusCode).toBe(204);
    visitor.cookie = cookie;
    expect((await visitor.send("GET", "/api/session")).statusCode).toBe(401);
  });

  it("ends when its time has passed, and use moves its end", async () => {
    const visitor = await new Visitor(api.server).signIn("ada@example.org");
    await sql("UPDATE session SET expires_at = now() + interval '3 days'");
    expect((await visitor.send("GET", "/api/session")).statusCode).toBe(200);
    const [row] = await sql("SELECT max(expires_at) > now() + interval '13 days' AS moved FROM session");
    expect(row).toEqual({ moved: true });
    await sql("UPDATE session SET expires_at = now() - interval '1 second'");
    expect((await visitor.send("GET", "/api/session")).statusCode).toBe(401);
    await admin.signIn("ada@example.org");
  });
});

describe("a member", () => {
  it("loses their sessions at once when disabled, and cannot sign in", async () => {
    const bob = await invite(admin, "reviewer", "bob@example.org");
    const id = (await bob.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    expect((await admin.send("PATCH", `/api/members/${id}`, { disabled: true })).json()).toMatchObject({
      disabled: true,
    });
    expect((await bob.send("GET", "/api/session")).statusCode).toBe(401);
    expect((await bob.send("POST", "/api/session", { email: "bob@example.org", password })).statusCode).toBe(401);
  });

  it("who is disabled is told so by their page and at sign-in, but only with the right password", async () => {
    const eli = await invite(admin, "annotator", "eli@example.org");
    const id = (await eli.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    await admin.send("PATCH", `/api/members/${id}`, { disabled: true });
    const codeOf = async (answer: ReturnType<Visitor["send"]>) => (await answer).json<{ code: string }>().code;
    const signIn = (text: string) => eli.send("POST", "/api/session", { email: "eli@example.org", password: text });
    expect(await codeOf(eli.send("GET", "/api/session"))).toBe("account_disabled");
    expect(await codeOf(signIn(password))).toBe("account_disabled");
    expect(await codeOf(signIn("not the password"))).toBe("wrong_credentials");
    // Whoever is let in again signs in again: what was open while they were out stays shut.
    await admin.send("PATCH", `/api/members/${id}`, { disabled: false });
    expect(await codeOf(eli.send("GET", "/api/session"))).toBe("unauthenticated");
    expect((await signIn(password)).statusCode).toBe(200);
  });

  it("needs a name that can be seen", async () => {
    const { path } = await openLink(1);
    for (const name of ["   ", "\u200b\u3000"]) {
      const form = { name, email: "blank@example.org", password, consent: true };
      const response = await new Visitor(api.server).send("POST", `/api${path}`, form);
      expect([response.statusCode, response.json<{ path: string }>().path]).toEqual([422, "name"]);
    }
  });

  it("changes their own name", async () => {
    const flo = await invite(admin, "annotator", "flo@example.org");
    const renamed = await flo.send("PATCH", "/api/account", { name: "Flo" });
    expect(renamed.json()).toMatchObject({ member: { name: "Flo", email: "flo@example.org" } });
  });

  it("changes their password with the present one, which ends their other sessions and no one else's", async () => {
    const gil = await invite(admin, "annotator", "gil@example.org");
    const elsewhere = await new Visitor(api.server).signIn("gil@example.org");
    const change = (present: string) =>
      gil.send("POST", "/api/account/password", { present, password: "a wholly new sentence" });
    expect((await change("not the password")).json()).toMatchObject({ code: "wrong_credentials", path: "present" });
    expect((await elsewhere.send("GET", "/api/session")).statusCode).toBe(200);
    expect((await change(password)).statusCode).toBe(204);
    expect((await elsewhere.send("GET", "/api/session")).statusCode).toBe(401);
    expect((await gil.send("GET", "/api/session")).statusCode).toBe(200);
    expect((await admin.send("GET", "/api/session")).statusCode).toBe(200);
    expect((await elsewhere.send("POST", "/api/session", { email: "gil@example.org", password })).statusCode).toBe(401);
    const [event] = await sql("SELECT detail FROM audit_event WHERE action = 'password.changed'");
    expect(event).toEqual({ detail: {} });
  });

  it("cannot be guessed at from an open browser, nor changed by a token", async () => {
    const hal = await invite(admin, "annotator", "hal@example.org");
    const body = { present: "guess", password: "a wholly new sentence" };
    for (let attempt = 0; attempt < 10; attempt += 1) await hal.send("POST", "/api/account/password", body);
    const right = { present: password, password: "a wholly new sentence" };
    expect((await hal.send("POST", "/api/account/password", right)).statusCode).toBe(429);
    const made = await hal.send("POST", "/api/tokens", { name: "script", role: "annotator" });
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    const program = new Visitor(api.server);
    expect((await program.send("PATCH", "/api/account", { name: "Bot" }, headers)).statusCode).toBe(403);
  });

  it("who is the last admin can be neither demoted nor disabled", async () => {
    for (const change of [{ role: "annotator" }, { disabled: true }]) {
      const response = await admin.send("PATCH", `/api/members/${adminId}`, change);
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([409, "conflict"]);
    }
  });

  it("is never the last admin to go when two demote each other at the same moment", async () => {
    const tenant = await newTenant(api.server, "one@example.org");
    const other = await invite(tenant.admin, "admin", "two@example.org");
    const otherId = (await other.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    const answers = await Promise.all([
      tenant.admin.send("PATCH", `/api/members/${otherId}`, { role: "annotator" }),
      other.send("PATCH", `/api/members/${tenant.memberId}`, { role: "annotator" }),
    ]);
    const [row] = await sql(
      `SELECT count(*)::int AS admins FROM member WHERE workspace_id = '${tenant.workspaceId}' AND role = 'admin'`,
    );
    expect(row).toEqual({ admins: 1 });
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });
});

describe("a link", () => {
  it("lets in exactly as many strangers as it has places, however many come at once", async () => {
    const { id, path } = await openLink(5);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        new Visitor(api.server).send("POST", `/api${path}`, {
          name: `Guest ${n}`,
          email: `guest${n}@example.org`,
          password,
          consent: true,
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([...Array(5).fill(201), ...Array(15).fill(410)]);
    const rows = await sql(`SELECT m.consented_at IS NOT NULL AS consented FROM project_access a
      JOIN member m ON m.id = a.member_id WHERE a.project_id = '${projectId}'`);
    expect(rows).toEqual(Array(5).fill({ consented: true }));
    expect(await sql(`SELECT used FROM link WHERE id = '${id}'`)).toEqual([{ used: 5 }]);
  });

  it("needs consent, a name and an address, and says which is missing", async () => {
    const { path } = await openLink(1);
    const form = { name: "Kim", email: "kim@example.org", password, consent: true };
    for (const field of ["consent", "name", "email"] as const) {
      const { [field]: _, ...rest } = form;
      const response = await new Visitor(api.server).send("POST", `/api${path}`, rest);
      expect([response.statusCode, response.json<{ path: string }>().path]).toEqual([422, field]);
    }
  });

  it("tells its holder what it offers before they join", async () => {
    const { path } = await openLink(3);
    const offer = await new Visitor(api.server).send("GET", `/api${path}`);
    expect(offer.json()).toMatchObject({ kind: "open", project: "Stories", role: "annotator", remaining: 3 });
  });

  it("stops working when revoked or expired, and never existed when made up", async () => {
    const revoked = await openLink(1);
    expect((await admin.send("DELETE", `/api/links/${revoked.id}`)).statusCode).toBe(204);
    expect((await new Visitor(api.server).send("GET", `/api${revoked.path}`)).statusCode).toBe(410);
    const expired = await openLink(1);
    await sql(`UPDATE link SET expires_at = now() - interval '1 second' WHERE id = '${expired.id}'`);
    expect((await new Visitor(api.server).send("GET", `/api${expired.path}`)).statusCode).toBe(410);
    expect((await new Visitor(api.server).send("GET", `/api/join/${"x".repeat(43)}`)).statusCode).toBe(404);
  });

  it("which is cut off is unknown, and its answer names no field of ours", async () => {
    const { path } = await openLink(1);
    const token = path.slice("/join/".length);
    for (const length of [1, 5, token.length - 1]) {
      const cut = await new Visitor(api.server).send("GET", `/api/join/${token.slice(0, length)}`);
      expect([cut.statusCode, cut.json<{ code: string }>().code]).toEqual([404, "not_found"]);
      expect(cut.body).not.toContain("params");
    }
  });

  it("can be shown again while it is open to all; personal links leave no token behind", async () => {
    const listed = async (id: string) => {
      const { items } = (await admin.send("GET", "/api/links")).json<{
        items: { id: string; path: string | null }[];
      }>();
      return items.find((one) => one.id === id)?.path;
    };
    const open = await openLink(2);
    expect(await listed(open.id)).toBe(open.path);
    const invitation = await link({ kind: "invitation", role: "admin" });
    const reset = await link({ kind: "password-reset", memberId: adminId });
    expect([await listed(invitation.id), await listed(reset.id)]).toEqual([null, null]);
    const stored = JSON.stringify(await sql("SELECT * FROM link"));
    for (const { path } of [invitation, reset]) expect(stored).not.toContain(path.slice("/join/".length));
    await admin.send("DELETE", `/api/links/${open.id}`);
    expect(await listed(open.id)).toBeNull();
    expect(await sql(`SELECT token FROM link WHERE id = '${open.id}'`)).toEqual([{ token: null }]);
  });

  it("takes along who is signed in, once, and knows who belongs already", async () => {
    const guest = await invite(admin, "annotator", "ivo@example.org");
    const { id, path } = await openLink(3);
    const offer = async (visitor: Visitor) => (await visitor.send("GET", `/api${path}`)).json<{ you: unknown }>().you;
    expect(await offer(new Visitor(api.server))).toBeNull();
    // Somebody invited without restriction may enter every project.
    expect(await offer(guest)).toEqual({ name: "ivo@example.org", email: "ivo@example.org", belongs: true });

    const other = await newTenant(api.server, "jo@example.org");
    expect(await offer(other.admin)).toMatchObject({ belongs: false });
    expect((await other.admin.send("POST", `/api${path}/member`, {})).json()).toMatchObject({ path: "consent" });
    const joined = await other.admin.send("POST", `/api${path}/member`, { consent: true });
    expect(joined.json()).toMatchObject({
      member: { name: "Ada", role: "annotator" },
      workspace: { name: "Workspace of ada@example.org" },
    });
    expect(await offer(other.admin)).toMatchObject({ belongs: true });
    expect(await sql(`SELECT used FROM link WHERE id = '${id}'`)).toEqual([{ used: 1 }]);
  });

  it("sets a new password once, which ends the sessions opened with the old one", async () => {
    const cy = await invite(admin, "annotator", "cy@example.org");
    const id = (await cy.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    const { path } = await link({ kind: "password-reset", memberId: id });
    const fresh = new Visitor(api.server);
    const reset = await fresh.send("POST", `/api${path}`, { password: "another good password" });
    expect(reset.json()).toMatchObject({ member: { id } });
    expect((await cy.send("GET", "/api/session")).statusCode).toBe(401);
    expect((await fresh.send("POST", `/api${path}`, { password: "a third good password" })).statusCode).toBe(410);
    expect((await cy.send("POST", "/api/session", { email: "cy@example.org", password })).statusCode).toBe(401);
  });

  it("does not hand an existing account to somebody with another password", async () => {
    const { path } = await openLink(5);
    const thief = await new Visitor(api.server).send("POST", `/api${path}`, {
      name: "Ada",
      email: "ADA@example.org",
      password: "not her password",
      consent: true,
    });
    expect([thief.statusCode, thief.json<{ path: string }>().path]).toEqual([409, "email"]);
  });
});

describe("an API token", () => {
  it("acts with at most its owner's role, is stored as a hash, and ends with its revocation", async () => {
    const dee = await invite(admin, "researcher", "dee@example.org");
    expect((await dee.send("POST", "/api/tokens", { name: "too much", role: "admin" })).statusCode).toBe(403);
    const made = await dee.send("POST", "/api/tokens", { name: "notebook", role: "researcher" });
    const { token, id } = made.json<{ token: string; id: string }>();
    expect(token).toMatch(/^ts_[\w-]{43}$/);
    expect(JSON.stringify(await sql("SELECT * FROM api_token"))).not.toContain(token);

    const program = new Visitor(api.server);
    const headers = { authorization: `Bearer ${token}` };
    expect((await program.send("GET", "/api/projects", undefined, headers)).statusCode).toBe(200);
    expect((await program.send("GET", "/api/members", undefined, headers)).statusCode).toBe(403);
    const memberId = (await dee.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    await admin.send("PATCH", `/api/members/${memberId}`, { role: "annotator" });
    expect((await program.send("GET", "/api/projects", undefined, headers)).statusCode).toBe(403);

    expect((await dee.send("DELETE", `/api/tokens/${id}`)).statusCode).toBe(204);
    expect((await program.send("GET", "/api/session", undefined, headers)).statusCode).toBe(401);
  });
});

describe("the audit log", () => {
  it("names who did what, newest first, page by page, and holds no secret", async () => {
    const first = (await admin.send("GET", "/api/audit?limit=3")).json<{ items: { action: string }[]; next: string }>();
    expect(first.items).toHaveLength(3);
    const rest = await admin.send("GET", `/api/audit?limit=200&cursor=${first.next}`);
    const { items } = rest.json<{ items: { id: string; action: string; actor: string | null }[] }>();
    expect(items.map(({ id }) => BigInt(id))).toEqual(
      items.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? 1 : -1)),
    );
    expect(items.find(({ action }) => action === "project.created")?.actor).toBe("Ada");
    expect(rest.body).not.toMatch(/ts_[\w-]{10}|argon2|correct horse/);
  });
});

describe("a project", () => {
  it("begins with one guideline and its two questionnaires; only a changed text makes a new version", async () => {
    const created = (await admin.send("GET", `/api/projects/${projectId}`)).json();
    expect(created).toMatchObject({
      guideline: { version: 1, text: "Be fair." },
      questionnaires: [{ questions: [{ kind: "preference" }] }, { questions: [{ kind: "rating" }] }],
    });
    const same = await admin.send("PATCH", `/api/projects/${projectId}`, { guideline: "Be fair.", overlap: 5 });
    expect(same.json()).toMatchObject({ overlap: 5, guideline: { version: 1 } });
    const other = await admin.send("PATCH", `/api/projects/${projectId}`, { guideline: "Be kind." });
    expect(other.json()).toMatchObject({ guideline: { version: 2, text: "Be kind." }, overlap: 5 });
  });
});
