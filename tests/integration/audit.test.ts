import { randomUUID } from "node:crypto";
import { type Route, type RouteName, routes } from "@touchstone/contracts";
import { recordRefusedSignIn } from "@touchstone/persistence";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openProofs } from "../../apps/api/src/routes/serving/answer-proof.ts";
import { openApi, type TestApi, testSecret } from "../harness/api-server.ts";
import { closableAudit } from "../harness/closable-audit.ts";
import { importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { png } from "../harness/made-media.ts";
import { spooled } from "../harness/send-in-pieces.ts";
import { uploadMedia } from "../harness/upload-media.ts";
import { createLogin, invite, newTenant, password, Visitor } from "../harness/visitor.ts";
import { sendArchive, workOnArchives } from "../harness/work-on-archives.ts";
import { writeLabelSetFiles } from "../harness/write-label-set-files.ts";

interface Event {
  actor: string | null;
  via: string | null;
  token: string | null;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

let api: TestApi;
let admin: Visitor;
let bob: Visitor;
let bobId: string;
let adaId: string;
let adaLogin: string;
let audit: Awaited<ReturnType<typeof closableAudit>>;
let acts: Record<string, () => Promise<LightMyRequestResponse>>;
const ids: Record<string, string> = {};

const idOf = (answer: LightMyRequestResponse) => answer.json<{ id: string }>().id;
/** What goes in steps afterwards has gone, so that it is no part of the next act. */
const removed = async (answer: LightMyRequestResponse) => {
  const { deletion, erasure } = api.server.database;
  const where = { finishedAt: null };
  const underWay = async () => (await deletion.count({ where })) + (await erasure.count({ where }));
  await expect.poll(underWay, { timeout: 20_000 }).toBe(0);
  return answer;
};
const pathOf = (answer: LightMyRequestResponse) => `/api${answer.json<{ path: string }>().path}`;
const events = async (limit = 50) => (await admin.send("GET", `/api/audit?limit=${limit}`)).json<{ items: Event[] }>();
const pairs = Array.from({ length: 60 }, (_, n) => ({
  prompt: `Which is better, ${n}?`,
  chosen: `This one, of ${n}.`,
  rejected: `That one, of ${n}.`,
}));

beforeAll(async () => {
  // Each act fails on purpose once.
  api = await openApi({ LOG_LEVEL: "silent" });
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  adaId = tenant.memberId;
  adaLogin = tenant.userId;
  bob = await invite(admin, "annotator", "bob@example.org");
  bobId = (await bob.send("GET", "/api/session")).json<{ member: { id: string } }>().member.id;
  const away = await newTenant(api.server, "eve@example.org");
  const invitation = { kind: "invitation", role: "annotator" };
  await bob.send("POST", `${pathOf(await away.admin.send("POST", "/api/links", invitation))}/member`, {});
  await bob.signIn("bob@example.org");
  const project = await newProject(admin, "Pairs", 2);
  await importFile(admin, project, { format: "trl-preference" }, pairs);
  const bare = [{ prompt: "Which?", completions: ["This.", "That."] }];
  const more = [{ prompt: "Which other?", completions: ["This.", "That."] }];
  const imported = idOf(await importFile(admin, project, { format: "prompts" }, bare));
  const { digest } = (await receiptOf(admin, project, { format: "prompts", question: "preference" }, more)).json<{
    digest: string;
  }>();
  const { id: copy } = await spooled(admin, null, "copy.zip", Buffer.from("PK\u0003\u0004"));
  const [policy, other] = await Promise.all(
    ["One", "Other"].map((name) =>
      api.server.database.modelVersion.create({
        data: {
          workspaceId: tenant.workspaceId,
          kind: "policy",
          name,
          files: [],
          sha256: name,
          parameters: 1,
          spec: {},
        },
      }),
    ),
  );
  const unused = await api.server.database.modelVersion.create({
    data: {
      workspaceId: tenant.workspaceId,
      kind: "reward",
      name: "Unused",
      files: [],
      sha256: "unused",
      parameters: 1,
      spec: {},
    },
  });
  const link = pathOf(await admin.send("POST", "/api/links", invitation));
  const open = { kind: "open", projectId: project, capacity: 5, consent: "Yes?" };
  const openLink = pathOf(await admin.send("POST", "/api/links", open));
  const byName = pathOf(await admin.send("POST", "/api/links", { ...open, nameAlone: true }));
  const joined = await new Visitor(api.server).send("POST", byName, { name: "Hal", consent: true });
  const { returnCode } = joined.json<{ returnCode: string }>();
  const sampleFile = { format: "touchstone-project", version: 1, name: "Of a file" };
  const at = (path: string) => `/api/projects/${project}${path}`;
  const visitor = async (email: string) => {
    await createLogin(api.server.database, email, { workspaceId: tenant.workspaceId, role: "annotator" });
    return new Visitor(api.server).signIn(email);
  };
  const [carl, dora] = [await visitor("carl@example.org"), await visitor("dora@example.org")];
  const stranger = await newTenant(api.server, "fay@example.org");

  const doomed = await newProject(admin, "Doomed", 1);
  const votes = await newProject(admin, "With votes", 1);
  const voted = { prompt: "Why?", chosen: "Because.", rejected: "No." };
  await importFile(admin, votes, { format: "trl-preference" }, [voted]);
  const judged = `/api/projects/${votes}`;
  const fewer = await newProject(admin, "With fewer prompts", 1);
  await importFile(admin, fewer, { format: "trl-preference" }, [voted]);
  const thinned = `/api/projects/${fewer}`;
  const selection = { filter: {} };
  const frozen = idOf(await admin.send("POST", `${thinned}/label-sets`, { selection }));
  const writtenFile = `/api/label-sets/${frozen}/files/judgements.jsonl`;
  await admin.send("POST", `/api/label-sets/${frozen}/files`, { name: "judgements.jsonl" });
  await writeLabelSetFiles(api);
  const task = await api.server.database.task.findFirstOrThrow({ where: { projectId: votes } });
  const asked = { projectId: votes, taskId: task.id, memberId: adaId, text: "Why?", idempotencyKey: randomUUID() };
  const leaving = { workspaceId: tenant.workspaceId, role: "annotator" as const, name: "Lea" };
  const lea = await api.server.database.member.create({ data: leaving });
  const inquiry = await api.server.database.inquiry.create({ data: { workspaceId: tenant.workspaceId, ...asked } });

  acts = {
    signIn: () => new Visitor(api.server).send("POST", "/api/session", { email: "carl@example.org", password }),
    switchWorkspace: () => bob.send("POST", "/api/session/workspace", { workspaceId: tenant.workspaceId }),
    signOut: () => dora.send("DELETE", "/api/session"),
    changeAccount: () => carl.send("PATCH", "/api/account", { name: "Carl", languages: ["en"] }),
    changePassword: () => carl.send("POST", "/api/account/password", { present: password, password: "a new password" }),
    changeMember: () => admin.send("PATCH", `/api/members/${bobId}`, { role: "reviewer" }),
    createLink: keep("link", () => admin.send("POST", "/api/links", invitation)),
    revokeLink: () => admin.send("DELETE", `/api/links/${ids.link}`),
    join: () => new Visitor(api.server).send("POST", link, { name: "Gus", email: "gus@example.org", password }),
    joinSignedIn: () => stranger.admin.send("POST", `${openLink}/member`, { consent: true }),
    createApiToken: keep("token", () => admin.send("POST", "/api/tokens", { name: "nightly", role: "admin" })),
    revokeApiToken: () => admin.send("DELETE", `/api/tokens/${ids.token}`),
    createProject: () => admin.send("POST", "/api/projects", { name: "Another", guideline: "Be fair." }),
    createProjectOfFile: () => admin.send("POST", "/api/project-files", sampleFile),
    copyProject: () => admin.send("POST", at("/copies"), { name: "Copy", take: "prompts" }),
    writeTranslation: () => admin.send("POST", at("/translations"), { language: "zh", name: "成对" }),
    removeTranslation: () => admin.send("DELETE", at("/translations/zh")),
    comeBack: () => new Visitor(api.server).send("POST", "/api/return", { code: returnCode }),
    writeQuestionnaire: () =>
      admin.send("POST", at("/questionnaires"), { name: "order", questions: [{ name: "order", kind: "ranking" }] }),
    changeBatch: () => admin.send("PATCH", at("/batches"), { number: 100, name: "First" }),
    changeProject: () => admin.send("PATCH", at(""), { guideline: "Say which is better, and why." }),
    importRows: () => importFile(admin, project, { format: "prompts", receipt: digest }, more),
    openImport: () => admin.send("POST", `/api/imports/${imported}/open`, { count: 1 }),
    uploadMedia: keep("media", () => uploadMedia(admin, project, "a.png", png(8, 8, [0, 0, 0]))),
    deleteMedia: () => admin.send("DELETE", `/api/media/${ids.media}`),
    undoImport: () => admin.send("DELETE", `/api/imports/${imported}`),
    exportRows: () => admin.send("GET", at("/exports?format=trl-preference")),
    simulate: () => admin.send("POST", at("/simulation"), { annotators: 1, judgements: 1 }),
    launchRun: keep("run", () =>
      admin.send("POST", at("/runs"), { kind: "reward", policy: { modelVersionId: policy?.id } }),
    ),
    launchRound: () => admin.send("POST", at("/rounds"), { preset: "preference", policyId: policy?.id }),
    cancelRun: () => admin.send("POST", `/api/runs/${ids.run}/cancel`),
    createEvaluation: () =>
      admin.send("POST", at("/evaluations"), { candidateId: policy?.id, baselineId: other?.id, prompts: 5 }),
    promoteModel: async () => {
      const use = (id: string | undefined, insteadOf: string | undefined | null) =>
        admin.send("POST", `/api/models/${id}/promotion`, { projectId: project, reason: "Better.", insteadOf });
      // The workspace has no practice model, so that none is in use before.
      for (const [id, former] of [
        [policy?.id, null],
        [other?.id, policy?.id],
      ] as const) {
        const answer = await use(id, former);
        if (answer.statusCode >= 300) return answer;
      }
      return use(policy?.id, other?.id);
    },
    setArenaSettings: () =>
      admin.send("PUT", at("/arena"), {
        ...{ on: true, modelIds: [policy?.id, other?.id], maxNewTokens: 24, temperature: 1, topP: 1 },
        ...{ mostTurns: 3, battlesADay: 40, projectBattlesADay: null, promptCharacters: 300, messagesAMinute: 60 },
      }),
    askPair: () => {
      const answers = [policy?.id ?? "", other?.id ?? ""].map((modelId) => {
        const messages = [{ role: "user" as const, content: "Which is asked by hand?" }];
        const drawn = { modelId, messages, sampling: { temperature: 1, topP: 1 }, seed: 1 };
        const given = { ...drawn, text: `Of ${modelId}.`, finishReason: "stop" as const };
        return { ...given, proof: openProofs(testSecret).of(tenant.workspaceId, given) };
      });
      return admin.send("POST", at("/pairs"), { questionnaire: "preference", answers });
    },
    changeModel: () => admin.send("PATCH", `/api/models/${unused.id}`, { name: "A name" }),
    deleteModel: () => admin.send("DELETE", `/api/models/${unused.id}`),
    createSchedule: keep("schedule", () =>
      admin.send("POST", at("/schedules"), { preset: "preference", trigger: { kind: "judgements", every: 100 } }),
    ),
    changeItems: () =>
      admin.send("POST", `${judged}/items/changes`, { selection, change: { kind: "batch", batch: 7 } }),
    leaveOut: () => admin.send("POST", `${judged}/left-out`, { what: { kind: "items", selection }, reason: "trial" }),
    putBack: async () => {
      const { items } = (await admin.send("GET", `${judged}/left-out`)).json<{ items: { id: string }[] }>();
      return admin.send("POST", `${judged}/left-out/put-back`, { what: { kind: "act", actId: items[0]?.id } });
    },
    makeLabelSet: keep("labelSet", () => admin.send("POST", `${judged}/label-sets`, { selection })),
    exportSet: () => admin.send("GET", `/api/label-sets/${ids.labelSet}/export?format=judgements`),
    changeLabelSet: () => admin.send("PATCH", `/api/label-sets/${ids.labelSet}`, { name: "Of today", latest: true }),
    askLabelSetFile: () => admin.send("POST", `/api/label-sets/${ids.labelSet}/files`, { name: "judgements.parquet" }),
    deleteLabelSetFile: () => admin.send("DELETE", `/api/label-sets/${ids.labelSet}/files/judgements.parquet`),
    getLabelSetFile: () => admin.send("GET", writtenFile),
    makeArchive: async () => {
      const answer = await admin.send("POST", at("/archive"));
      if (answer.statusCode < 300) await workOnArchives(api);
      return answer;
    },
    getArchiveFile: () => admin.send("GET", at("/archive/file")),
    deleteArchive: () => admin.send("DELETE", at("/archive")),
    bringArchive: () => sendArchive(admin, Buffer.from("PK\u0003\u0004")),
    bringUploadedArchive: async () => {
      const answer = await admin.send("POST", "/api/archives/uploaded", { fileId: copy });
      if (answer.statusCode < 300) ids.brought = answer.json<{ id: string }>().id;
      return answer;
    },
    cancelBroughtArchive: () => admin.send("DELETE", `/api/archives/${ids.brought}`),
    signLabelSetFile: async () => {
      const answer = await admin.send("POST", `${writtenFile}/address`, { seconds: 60 });
      if (answer.statusCode < 300) ids.signed = answer.json<{ path: string }>().path;
      return answer;
    },
    getSignedLabelSetFile: () => api.server.inject(String(ids.signed)),
    saveMapping: keep("mapping", () => {
      const reading = { format: "prompts", mapping: null, question: null, together: null };
      return admin.send("POST", at("/mappings"), { name: "Mine", header: ["prompt"], reading });
    }),
    changeMapping: () => admin.send("PATCH", `/api/mappings/${ids.mapping}`, { name: "Ours" }),
    deleteMapping: () => admin.send("DELETE", `/api/mappings/${ids.mapping}`),
    createSavedView: keep("view", () => admin.send("POST", at("/views"), { name: "Mine", filter: {} })),
    changeSavedView: () => admin.send("PATCH", `/api/views/${ids.view}`, { name: "Ours" }),
    deleteSavedView: () => admin.send("DELETE", `/api/views/${ids.view}`),
    answerInquiry: () => admin.send("POST", `${judged}/inquiries/${inquiry.id}/answer`, { text: "Because." }),
    settleRemark: () => admin.send("POST", `${judged}/remarks/${inquiry.id}/done`, { done: false }),
    deletePrompts: async () => {
      const asked = { selection: { filter: {} } };
      const seen = await admin.send("POST", `${thinned}/prompts/deletion`, { ...asked, preview: true });
      const { stamp } = seen.json<{ dependants: { stamp: string } }>().dependants;
      return removed(await admin.send("POST", `${thinned}/prompts/deletion`, { ...asked, prompts: 1, stamp }));
    },
    deleteProject: async () => {
      const { stamp } = (await admin.send("GET", `/api/projects/${doomed}/dependants`)).json<{ stamp: string }>();
      return removed(await admin.send("POST", `/api/projects/${doomed}/deletion`, { name: "Doomed", stamp }));
    },
    eraseMember: async () => {
      const { stamp } = (await admin.send("GET", `/api/members/${lea.id}/dependants`)).json<{ stamp: string }>();
      const body = { what: "all", name: "Lea", stamp };
      return removed(await admin.send("POST", `/api/members/${lea.id}/erasure`, body));
    },
    changeRetention: () => admin.send("PUT", at("/retention"), { identityDays: 90, archivedDays: null }),
    deleteSchedule: () => admin.send("DELETE", `/api/schedules/${ids.schedule}`),
    createWebhook: async () => {
      const made = await admin.send("POST", at("/webhooks"), {
        url: "https://93.184.216.34/hook",
        events: ["run.ended"],
      });
      if (made.statusCode < 300) ids.webhook = made.json<{ webhook: { id: string } }>().webhook.id;
      return made;
    },
    changeWebhook: () => admin.send("PATCH", `/api/webhooks/${ids.webhook}`, { on: false }),
    rotateWebhookSecret: () => admin.send("POST", `/api/webhooks/${ids.webhook}/secret`),
    createEndpoint: keep("endpoint", () =>
      admin.send("POST", "/api/endpoints", { name: "Near", baseUrl: "https://93.184.216.34/v1", model: "any" }),
    ),
    changeEndpoint: () => admin.send("PATCH", `/api/endpoints/${ids.endpoint}`, { countAnew: true }),
    deleteEndpoint: () => admin.send("DELETE", `/api/endpoints/${ids.endpoint}`),
    deleteWebhook: () => admin.send("DELETE", `/api/webhooks/${ids.webhook}`),
  };
  audit = await closableAudit(api.server.database);
});
afterAll(async () => await api.close());

/** What a later act is about. */
function keep(name: string, act: () => Promise<LightMyRequestResponse>) {
  return async () => {
    const answer = await act();
    if (answer.statusCode < 300) ids[name] = idOf(answer);
    return answer;
  };
}

const audited = Object.entries<Route>(routes).flatMap(([name, { audit: actions }]) =>
  actions && !("none" in actions) ? [[name, actions] as const] : [],
);
// As they can follow one another, and not as the table has them.
const inOrder = [
  ...audited.filter(([name]) => name !== "switchWorkspace"),
  ...audited.filter(([name]) => name === "switchWorkspace"),
];

describe("the audit", () => {
  it("knows an act for every route that says it records one", () => {
    expect(audited.map(([name]) => name).sort()).toEqual(Object.keys(acts).sort());
  });

  it.each(inOrder)(
    "has %s in the transaction of the act: where it can't be written, nothing is done",
    async (name, actions) => {
      const act = acts[name as RouteName];
      if (!act) throw new Error(`${name} has no act.`);
      await audit.close();
      const before = await audit.everythingElse();
      const refused = await act().finally(() => audit.open());
      expect([refused.statusCode, refused.body]).toEqual([500, expect.any(String)]);
      expect(await audit.everythingElse()).toEqual(before);

      const known = await audit.count();
      const done = await act();
      expect([done.statusCode < 300, done.body]).toEqual([true, expect.any(String)]);
      const written = await audit.since(known);
      expect(written).toEqual(expect.arrayContaining([...actions]));
    },
  );

  it("says whether a session did it, or which token", async () => {
    const made = await admin.send("POST", "/api/tokens", { name: "nightly script", role: "admin", expiresInDays: 1 });
    const headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
    await api.server.inject({ method: "POST", url: "/api/projects", headers, payload: { name: "By a script" } });
    const { items } = await events(2);
    expect(items.map(({ action, actor, via, token }) => [action, actor, via, token])).toEqual([
      ["project.created", "Ada", "token", "nightly script"],
      ["token.created", "Ada", "session", null],
    ]);
  });

  it("has of an export who, which format, what was frozen, and how many rows went out", async () => {
    const { items } = await events(200);
    const opened = items.find(({ action, detail }) => action === "export.opened" && detail.format === "trl-preference");
    const closed = items.find(({ action, detail }) => action === "export.closed" && detail.format === "trl-preference");
    expect(opened).toMatchObject({ actor: "Ada", detail: { format: "trl-preference", judgements: 60 } });
    expect(closed).toMatchObject({ subject: opened?.subject, detail: { rows: 60, complete: true } });
  });

  it("has wrong passwords with their address, in every workspace of the login, and only so many of them", async () => {
    const guess = { email: "ada@example.org", password: "a guess" };
    const remoteAddress = "203.0.113.7";
    await api.server.inject({ method: "POST", url: "/api/session", remoteAddress, payload: guess });
    const refusals = async () => (await events(200)).items.filter(({ action }) => action === "session.refused");
    // Written beside the answer, whose time must not tell who has an account.
    const [first] = await vi.waitUntil(async () => {
      const found = await refusals();
      return found.length > 0 && found;
    });
    expect(first).toMatchObject({ actor: null, subject: adaId, detail: { address: remoteAddress } });
    for (let n = 0; n < 24; n++) await recordRefusedSignIn(api.server.database, adaLogin, "203.0.113.8");
    const kept = await refusals();
    expect(kept.map(({ detail }) => detail.moreLeftOut ?? false)).toEqual([true, ...Array(9).fill(false)]);
    // Nobody's address leaves no row: its workspace is nobody's.
    const rows = await audit.count();
    const nobody = { email: "nobody@example.org", password: "a guess" };
    await api.server.inject({ method: "POST", url: "/api/session", payload: nobody });
    expect(await audit.count()).toBe(rows);
  });
});
