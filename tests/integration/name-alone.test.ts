import type { JoinView, LinkCreated, Member } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, password, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let project: string;
let other: string;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  project = await newProject(admin, "Open to all");
  other = await newProject(admin, "Not theirs");
  const rows = [{ prompt: "Which?", completions: ["This.", "That."] }];
  for (const id of [project, other]) await importFile(admin, id, { format: "prompts" }, rows);
});
afterAll(() => api.close());

async function link(more: object = {}): Promise<LinkCreated> {
  const draft = { kind: "open", projectId: project, capacity: 50, consent: "Agreed?", nameAlone: true, ...more };
  return (await admin.send("POST", "/api/links", draft)).json();
}
const join = (path: string, body: object, visitor = new Visitor(api.server), headers = {}) =>
  visitor.send("POST", `/api${path}`, { consent: true, ...body }, headers);
async function joined(name: string, path?: string) {
  const visitor = new Visitor(api.server);
  const sent = await join(path ?? (await link()).path, { name }, visitor);
  return { visitor, sent, code: sent.json<{ returnCode: string }>().returnCode };
}

describe("somebody who joins by name alone", () => {
  it("is an annotator of the one project, and may do and see nothing else", async () => {
    const { path } = await link();
    expect((await new Visitor(api.server).send("GET", `/api${path}`)).json<JoinView>().nameAlone).toBe(true);
    const { visitor, sent } = await joined("Bea", path);
    expect(sent.json()).toMatchObject({
      member: { name: "Bea", email: null, role: "annotator" },
      workspaces: [{ role: "annotator" }],
    });
    const statuses = async (...calls: [method: "GET" | "POST" | "PATCH", url: string, body?: object][]) =>
      Promise.all(calls.map(async ([method, url, body]) => (await visitor.send(method, url, body)).statusCode));
    expect((await visitor.send("GET", "/api/work")).json<{ items: object[] }>().items).toMatchObject([
      { projectId: project },
    ]);
    expect(
      await statuses(
        ["POST", `/api/work/${other}/claims`, { count: 1 }],
        ["GET", `/api/work/${other}/guideline`],
        ["GET", "/api/members"],
        ["GET", `/api/projects/${project}/judgements`],
        ["GET", `/api/projects/${project}/figures`],
        ["POST", "/api/tokens", { name: "mine", role: "annotator" }],
        ["POST", "/api/account/password", { present: "", password }],
      ),
    ).toEqual([404, 404, 403, 403, 403, 403, 422]);
    expect((await visitor.send("POST", `/api/work/${project}/claims`, { count: 1 })).json()).toMatchObject({
      tasks: [expect.anything()],
    });
  });

  it("comes back elsewhere by a code that is told once and stored as its hash, and by nothing like it", async () => {
    const { visitor, code } = await joined("Cara");
    const me = (await visitor.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
    expect(code).toMatch(/^[\w-]{43}$/);
    const { database } = api.server;
    const [row] = await database.$queryRaw<
      { row: string }[]
    >`SELECT to_jsonb(m)::text AS row FROM member m WHERE id = ${me}::uuid`;
    expect(row?.row).not.toContain(code);
    const events = await database.auditEvent.findMany({
      where: { subject: me },
      select: { action: true, detail: true },
    });
    expect(events.length).toBeGreaterThan(1);
    expect(JSON.stringify(events)).not.toContain(code);
    const elsewhere = new Visitor(api.server);
    const back = await elsewhere.send("POST", "/api/return", { code });
    expect(back.json()).toMatchObject({ member: { id: me, name: "Cara" } });
    // The first device is not put out by it.
    expect((await visitor.send("GET", "/api/session")).statusCode).toBe(200);
    for (const wrong of [`${code}x`, code.slice(1), code.toUpperCase(), me, ""]) {
      const refused = await new Visitor(api.server).send("POST", "/api/return", { code: wrong });
      expect([404, 422]).toContain(refused.statusCode);
    }
    expect(
      (await new Visitor(api.server).send("POST", "/api/session", { email: "Cara", password: code })).statusCode,
    ).toBe(400);
  });

  it("stays an annotator whatever an admin says, in the database too, and comes back no more once disabled", async () => {
    const { visitor, code } = await joined("Dan");
    const { id } = (await visitor.send("GET", "/api/session")).json<{ member: Member }>().member;
    const raised = await admin.send("PATCH", `/api/members/${id}`, { role: "admin" });
    expect([raised.statusCode, raised.json<{ reason: string }>().reason]).toEqual([409, "byNameOnlyAnnotator"]);
    await expect(api.server.database.member.update({ where: { id }, data: { role: "reviewer" } })).rejects.toThrow();
    expect((await admin.send("PATCH", `/api/members/${id}`, { disabled: true })).statusCode).toBe(200);
    expect((await visitor.send("GET", "/api/work")).json()).toMatchObject({ code: "account_disabled" });
    expect((await new Visitor(api.server).send("POST", "/api/return", { code })).json()).toMatchObject({
      code: "account_disabled",
    });
  });

  it("is told apart by a number from whoever is called so already, an admin too, also at the same moment", async () => {
    const { path } = await link();
    const names = await Promise.all([1, 2, 3].map(() => joined("  eva  ", path)));
    const called = names.map(({ sent }) => sent.json<{ member: { name: string } }>().member.name).sort();
    expect(called).toEqual(["eva", "eva (2)", "eva (3)"]);
    const { sent } = await joined("ADA");
    expect(sent.json<{ member: { name: string } }>().member.name).toBe("ADA (2)");
    const long = "ä".repeat(120);
    await joined(long);
    expect((await joined(long)).sent.json<{ member: { name: string } }>().member.name).toMatch(/^ä{110} \(2\)$/);
  });

  it("needs a link that allows it, the consent, a name that can be seen, and a place", async () => {
    const status = async (path: string, body: object) => {
      const sent = await join(path, body);
      return [sent.statusCode, sent.json<{ reason?: string }>().reason];
    };
    const closed = await link({ nameAlone: false });
    expect(await status(closed.path, { name: "Fay" })).toEqual([422, "neededToJoin"]);
    const open = await link({ capacity: 1 });
    expect(await status(open.path, { name: "Fay", consent: false })).toEqual([422, "consentNeeded"]);
    expect(await status(open.path, {})).toEqual([422, "nameNeededToJoin"]);
    expect((await join(open.path, { name: "  " })).statusCode).toBe(422);
    // An address without its password, or the other way round, is no name alone.
    expect(await status(open.path, { name: "Fay", email: "fay@example.org" })).toEqual([422, "neededToJoin"]);
    const tries = await Promise.all(["Gil", "Hana"].map((name) => join(open.path, { name })));
    expect(tries.map(({ statusCode }) => statusCode).sort()).toEqual([201, 410]);
    await admin.send("DELETE", `/api/links/${closed.id}`);
    expect((await join(closed.path, { name: "Ian" })).statusCode).toBe(410);
  });

  it("can still join by an address there, and takes no other project along", async () => {
    const { path } = await link();
    const sent = await join(path, { name: "Jo", email: "jo@example.org", password });
    expect(sent.json()).toMatchObject({ member: { email: "jo@example.org" }, returnCode: null });
    const { visitor } = await joined("Kit");
    const elsewhere = await link({ projectId: other });
    const taken = await visitor.send("POST", `/api${elsewhere.path}/member`, { consent: true });
    expect([taken.statusCode, taken.json<{ reason: string }>().reason]).toEqual([409, "joinedByName"]);
  });

  it("is one of so many from one address in a quarter of an hour", async () => {
    const { path } = await link({ capacity: 200 });
    const remoteAddress = "203.0.113.77";
    const send = (n: number) =>
      api.server.inject({
        method: "POST",
        url: `/api${path}`,
        remoteAddress,
        payload: { name: `N${n}`, consent: true },
      });
    const codes: number[] = [];
    // As a class comes, and not all in one moment: they wait for the link's row one after another.
    while (codes.length < 101) {
      const some = Array.from({ length: Math.min(10, 101 - codes.length) }, (_, n) => send(codes.length + n));
      codes.push(...(await Promise.all(some)).map(({ statusCode }) => statusCode));
    }
    expect(codes.filter((code) => code === 429)).toHaveLength(1);
  });

  it("is only of open links: no other kind can be made so, in the database neither", async () => {
    const sent = await admin.send("POST", "/api/links", { kind: "invitation", role: "annotator", nameAlone: true });
    expect(sent.statusCode).toBe(400);
    const { id } = (await admin.send("POST", "/api/links", { kind: "invitation", role: "admin" })).json<LinkCreated>();
    await expect(api.server.database.link.update({ where: { id }, data: { nameAlone: true } })).rejects.toThrow();
  });
});
