import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newTenant, password, Visitor } from "../harness/visitor.ts";

interface Session {
  member: { id: string; role: string };
  workspace: { id: string; name: string };
  workspaces: { id: string; name: string; role: string }[];
  csrfToken: string;
}

let api: TestApi;
let first: Awaited<ReturnType<typeof newTenant>>;
let second: Awaited<ReturnType<typeof newTenant>>;
/** Belongs to both: an annotator of the first workspace, a reviewer of the second. */
const email = "sam@example.org";

beforeAll(async () => {
  api = await openApi();
  first = await newTenant(api.server, "ada@example.org");
  second = await newTenant(api.server, "bea@example.org");
  const sam = new Visitor(api.server);
  await sam.send("POST", await invitation(first.admin, "annotator"), { name: "Sam", email, password });
  await sam.send("POST", `${await invitation(second.admin, "reviewer")}/member`, {});
});
afterAll(async () => await api.close());

async function invitation(admin: Visitor, role: string): Promise<string> {
  const answer = await admin.send("POST", "/api/links", { kind: "invitation", role });
  return `/api${answer.json<{ path: string }>().path}`;
}

const signedIn = async (body: object = {}) => {
  const visitor = new Visitor(api.server);
  const answer = await visitor.send("POST", "/api/session", { email, password, ...body });
  return { visitor, answer, session: answer.json<Session>() };
};

describe("whoever belongs to several workspaces", () => {
  it("signs in to the one they name, and without a name to where they were last, which pages of before rely on", async () => {
    const named = await signedIn({ workspaceId: first.workspaceId });
    expect(named.session.workspace.id).toBe(first.workspaceId);
    expect(named.session.workspaces.map(({ id, role }) => [id, role])).toEqual([
      [first.workspaceId, "annotator"],
      [second.workspaceId, "reviewer"],
    ]);
    expect((await signedIn()).session.workspace.id).toBe(first.workspaceId);
    await signedIn({ workspaceId: second.workspaceId });
    expect((await signedIn()).session.workspace.id).toBe(second.workspaceId);
  });

  it("learns of a workspace only with the right password, and of none that is not theirs", async () => {
    const wrong = await signedIn({ workspaceId: first.workspaceId, password: "not the password" });
    expect(wrong.answer.statusCode).toBe(401);
    const third = await newTenant(api.server, "cyd@example.org");
    const foreign = await signedIn({ workspaceId: third.workspaceId });
    expect([foreign.answer.statusCode, foreign.answer.json()]).toEqual([
      404,
      expect.objectContaining({ reason: "notThere", values: expect.objectContaining({ kind: "workspace" }) }),
    ]);
  });

  it("switches with a new secret and a new CSRF token; the session it came from is over", async () => {
    const { visitor, session } = await signedIn({ workspaceId: first.workspaceId });
    const before = visitor.cookie ?? "";
    const switched = await visitor.send("POST", "/api/session/workspace", { workspaceId: second.workspaceId });
    expect([switched.statusCode, switched.json<Session>().workspace.id]).toEqual([200, second.workspaceId]);
    expect(switched.json<Session>().member.id).not.toBe(session.member.id);
    expect(visitor.cookie).not.toBe(before);
    const left = await api.server.inject({ url: "/api/session", headers: { cookie: before } });
    expect(left.statusCode).toBe(401);
    // A page of the workspace before has the new cookie, as all windows do, and its own token: it writes nowhere.
    const late = await visitor.send(
      "POST",
      "/api/tokens",
      { name: "late", role: "annotator" },
      {
        "x-csrf-token": session.csrfToken,
      },
    );
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([403, "csrf_failed"]);
    expect((await visitor.send("GET", "/api/session")).json<Session>().workspace.id).toBe(second.workspaceId);
  });

  it("does not switch to a foreign workspace, to one that has disabled them, nor by a token", async () => {
    const { visitor } = await signedIn({ workspaceId: second.workspaceId });
    const third = await newTenant(api.server, "dot@example.org");
    const to = (workspaceId: string) => visitor.send("POST", "/api/session/workspace", { workspaceId });
    expect((await to(third.workspaceId)).statusCode).toBe(404);

    const made = await visitor.send("POST", "/api/tokens", { name: "script", role: "reviewer", expiresInDays: 1 });
    const byToken = await api.server.inject({
      method: "POST",
      url: "/api/session/workspace",
      headers: { authorization: `Bearer ${made.json<{ token: string }>().token}` },
      payload: { workspaceId: first.workspaceId },
    });
    expect([byToken.statusCode, byToken.json<{ reason: string }>().reason]).toEqual([403, "signInForThis"]);

    const { items } = (await first.admin.send("GET", "/api/members?search=Sam")).json<{ items: { id: string }[] }>();
    await first.admin.send("PATCH", `/api/members/${items[0]?.id}`, { disabled: true });
    const disabled = await to(first.workspaceId);
    expect([disabled.statusCode, disabled.json<{ reason: string }>().reason]).toEqual([403, "accountDisabled"]);
    const named = await signedIn({ workspaceId: first.workspaceId });
    expect(named.answer.json<{ code: string }>().code).toBe("account_disabled");
    const elsewhere = await signedIn();
    expect(elsewhere.session.workspaces.map(({ id }) => id)).toEqual([second.workspaceId]);
  });
});
