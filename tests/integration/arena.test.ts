import { randomUUID } from "node:crypto";
import { type ArenaBattleView, type ArenaNews, trajectoryIn } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newsOf, startServing, storeTiny, Talker, toldIn } from "../harness/arena-place.ts";
import type { BuiltProcess } from "../harness/built-process.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let projectId: string;
let first: Talker;
let second: Talker;
let staff: Talker;
let models: string[];
let worker: BuiltProcess | undefined;

const longContext = 400;
const settings = {
  ...{ on: true, maxNewTokens: 24, temperature: 1, topP: 1, mostTurns: 3, battlesADay: 40 },
  ...{ projectBattlesADay: null, promptCharacters: 300, messagesAMinute: 60 },
};

beforeAll(async () => {
  api = await openApi();
  ({ admin, workspaceId } = await newTenant(api.server, "arena@example.org"));
  await api.server.listen({ port: 0, host: "127.0.0.1" });
  projectId = (await admin.send("POST", "/api/projects", { name: "Talks" })).json<{ id: string }>().id;
  first = new Talker(api, await invite(admin, "annotator", "first@example.org"));
  second = new Talker(api, await invite(admin, "annotator", "second@example.org"));
  staff = new Talker(api, admin);
  // The one reads less at once than the other, so that one refuses what the other takes.
  models = [
    await storeTiny(api, workspaceId, "Zephyrine", 100),
    await storeTiny(api, workspaceId, "Quillback", longContext),
  ];
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  api.server.server.closeAllConnections();
  await api.close();
});

const put = (more: object = {}) =>
  admin.send("PUT", `/api/projects/${projectId}/arena`, { ...settings, modelIds: models, ...more });
const begin = (who: Talker, text = "Write about tea.", idempotencyKey: string = randomUUID()) =>
  who.battle("POST", `/api/arena/${projectId}/battles`, { idempotencyKey, text });
const reasonOf = ({ body }: { body: string }) => JSON.parse(body).reason as string;
const end = (who: Talker, id: string, how = "abandoned") => who.battle("POST", `/api/battles/${id}/end`, { how });
/** A battle with its answers, open. */
async function answered(who: Talker, text?: string): Promise<ArenaBattleView> {
  const { id } = await begin(who, text);
  await who.answers(id);
  return who.battle("GET", `/api/battles/${id}`);
}

it("is off until somebody names two policies that are there, and says who may", async () => {
  expect(reasonOf(await first.send("GET", `/api/arena/${projectId}`))).toBe("arenaOff");
  expect((await first.send("PUT", `/api/projects/${projectId}/arena`, { ...settings, modelIds: models })).status).toBe(
    403,
  );
  expect(reasonOf(await put({ modelIds: models.slice(0, 1) }))).toBe("arenaNeedsTwo");
  expect(reasonOf(await put({ modelIds: [models[0], randomUUID()] }))).toBe("arenaNoPolicy");
  const twice = await put({ modelIds: [models[0], models[0]] });
  expect(twice.statusCode, twice.body).toBe(422);
  expect((await put()).json()).toMatchObject({ on: true, models: [{ number: 1 }, { number: 2 }] });
  const open = await first.send("GET", "/api/arena");
  expect(JSON.parse(open.body)).toEqual({ items: [{ projectId, name: "Talks" }] });
});

it("says that nobody serves, keeps the prompt, and goes on once somebody does", async () => {
  const { id } = await begin(first);
  const refusal = await first.send("POST", `/api/battles/${id}/answers`);
  expect(refusal.status).toBe(503);
  expect(reasonOf(refusal)).toBe("servingNoWorker");
  worker = startServing(api);
  const news = await first.answers(id);
  expect(news.at(-1)).toEqual({ type: "whole" });
  const { turns, told } = await first.battle("GET", `/api/battles/${id}`);
  expect(turns).toEqual([{ number: 1, text: "Write about tea.", answers: toldIn(news) }]);
  expect(told).toBeNull();
  await end(first, id);
});

it("becomes a judgement with two answers and all that made them, once, whoever asks again", async () => {
  const { id, turns } = await answered(first);
  const vote = { choice: "b", reason: "It stays with tea." };
  const votes = await Promise.all(
    Array.from({ length: 4 }, () => first.battle("POST", `/api/battles/${id}/vote`, vote)),
  );
  const { told } = votes[0] ?? {};
  expect(votes.map((one) => one.told)).toEqual(votes.map(() => told));
  expect(new Set([told?.a.name, told?.b.name])).toEqual(new Set(["zephyrine/1", "quillback/2"]));
  expect(told).toMatchObject({ choice: "b", counted: true });
  expect(reasonOf(await first.send("POST", `/api/battles/${id}/vote`, { choice: "a" }))).toBe("arenaVoted");

  const judged = await api.server.database.judgement.findMany({ where: { projectId }, include: { task: true } });
  expect(judged).toHaveLength(1);
  expect(judged[0]).toMatchObject({ answer: { choice: "graded", step: 6 }, comment: vote.reason, shownOrder: [0, 1] });
  const [a, b] = await Promise.all(
    (judged[0]?.task.completionIds ?? []).map((one) =>
      api.server.database.completion.findUniqueOrThrow({
        where: { id: one },
        include: { modelVersion: true, prompt: true },
      }),
    ),
  );
  expect([a?.text, b?.text]).toEqual([turns[0]?.answers?.a, turns[0]?.answers?.b]);
  expect([a?.modelVersion?.number, b?.modelVersion?.number]).toEqual([told?.a.number, told?.b.number]);
  for (const one of [a, b]) {
    expect(one?.sampling).toEqual({ temperature: 1, topK: 0, topP: 1, maxNewTokens: 24 });
    expect(one?.seed).toEqual(expect.any(Number));
    expect(one?.finishReason).toMatch(/^(stop|length)$/);
    expect(one?.prompt).toMatchObject({ arena: true, messages: [{ role: "user", content: "Write about tea." }] });
  }

  // What was told can't be said anew.
  const undo = await first.send("POST", `/api/judgements/${judged[0]?.id}/undo`, { idempotencyKey: randomUUID() });
  expect(undo.status, undo.body).not.toBe(200);
  const again = await api.server.database.judgement.count({ where: { projectId } });
  expect(again).toBe(1);
});

it("counts in the standing, the items, the exports and the tallies, under its own origin, and is handed to nobody", async () => {
  const standing = JSON.parse((await staff.send("GET", `/api/projects/${projectId}/models?origin=arena`)).body);
  expect(standing).toMatchObject({ judgements: 1, comparisons: 1 });
  expect(standing.models).toHaveLength(2);
  const items = JSON.parse((await staff.send("GET", `/api/projects/${projectId}/items?origin=arena`)).body);
  expect(items.items).toHaveLength(1);
  expect(items.items[0]).toMatchObject({ origin: "arena", judgements: 1, questionnaire: { name: "arena" } });
  const rows = await staff.send("GET", `/api/projects/${projectId}/exports?format=trl-preference`);
  expect(
    rows.body
      .trim()
      .split("\n")
      .filter((line) => line !== ""),
  ).toHaveLength(1);
  const claimed = await second.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
  expect(JSON.parse(claimed.body).tasks).toEqual([]);
  const tally = await api.server.database.tally.findMany({ where: { projectId, total: { gt: 0 } } });
  expect(tally).toMatchObject([{ total: 1, today: 1 }]);
});

it("goes on over several turns, each policy from its own answers, and keeps the whole as trajectories", async () => {
  const battle = await answered(second);
  expect(reasonOf(await second.send("POST", `/api/battles/${battle.id}/turns`, { number: 3, text: "x" }))).toBe(
    "arenaTurnThere",
  );
  const next = { number: 2, text: "And then?" };
  await second.battle("POST", `/api/battles/${battle.id}/turns`, next);
  const repeated = await second.battle("POST", `/api/battles/${battle.id}/turns`, next);
  expect(repeated.turns).toHaveLength(2);
  expect(reasonOf(await second.send("POST", `/api/battles/${battle.id}/vote`, { choice: "a" }))).toBe("arenaNotWhole");
  await second.answers(battle.id);
  await second.battle("POST", `/api/battles/${battle.id}/vote`, { choice: "both-bad" });
  const row = await api.server.database.arenaBattle.findUniqueOrThrow({
    where: { id: battle.id },
    include: { task: { include: { judgements: true } }, turns: { orderBy: { number: "asc" } } },
  });
  expect(row.task?.judgements[0]?.answer).toEqual({ choice: "both-bad" });
  const a = await api.server.database.completion.findUniqueOrThrow({ where: { id: row.task?.completionIds[0] ?? "" } });
  expect(trajectoryIn(a.text)?.steps.map(({ source, message }) => [source, message])).toEqual([
    ["agent", row.turns[0]?.aText],
    ["user", "And then?"],
    ["agent", row.turns[1]?.aText],
  ]);
});

it("answers the same again where a stream broke off, and never shows half of it", async () => {
  const { id } = await begin(first, "Break off.");
  const leave = new AbortController();
  const broken = first
    .send("POST", `/api/battles/${id}/answers`, undefined, leave.signal)
    .catch((error: Error) => error);
  setTimeout(() => leave.abort(), 150);
  await broken;
  const between = await first.battle("GET", `/api/battles/${id}`);
  // Whoever comes later takes it; the one before is told so, and both read the same.
  const [one, other] = await Promise.all([
    first.send("POST", `/api/battles/${id}/answers`),
    first.send("POST", `/api/battles/${id}/answers`),
  ]);
  const ends = [one, other].map(({ status, body }) =>
    status === 200 ? newsOf(body).at(-1)?.type : JSON.parse(body).reason,
  );
  // A quick machine has both answers kept before whoever asked has left: then there is nothing to answer any more.
  for (const how of ends) expect(["whole", "arenaElsewhere", "arenaNothingToAnswer"]).toContain(how);
  const whole = [one, other].flatMap(({ status, body }) => (status === 200 ? [newsOf(body)] : []));
  const told = whole.filter((news) => news.at(-1)?.type === "whole").map(toldIn);
  const { turns } = await first.battle("GET", `/api/battles/${id}`);
  expect(turns[0]?.answers).not.toBeNull();
  // What was shown before it broke off was whole, or nothing.
  expect([null, turns[0]?.answers]).toContainEqual(between.turns[0]?.answers);
  for (const texts of told) expect(texts).toEqual(turns[0]?.answers);
  await end(first, id, "withdrawn");
  const words = await api.server.database.arenaTurn.count({ where: { battleId: id } });
  expect(words).toBe(0);
});

it("tells one policy's short memory as the pair's, and lets the turn be taken back", async () => {
  const battle = await answered(second, "x");
  await second.battle("POST", `/api/battles/${battle.id}/turns`, { number: 2, text: "tea ".repeat(60) });
  const { status, body } = await second.send("POST", `/api/battles/${battle.id}/answers`);
  const reason =
    status === 200
      ? (newsOf(body).at(-1) as ArenaNews & { problem: { reason: string } }).problem.reason
      : reasonOf({ body });
  expect(reason).toBe("arenaTooLong");
  expect(body).not.toMatch(/\b(100|400)\b/);
  const back = await second.battle("POST", `/api/battles/${battle.id}/turns/taken-back`, { number: 2 });
  expect(back.turns).toHaveLength(1);
  await second.battle("POST", `/api/battles/${battle.id}/vote`, { choice: "tie" });
});

it("keeps its limits, and says which one and until when", async () => {
  await put({ promptCharacters: 5, messagesAMinute: 60 });
  const tooLong = await first.send("POST", `/api/arena/${projectId}/battles`, {
    idempotencyKey: randomUUID(),
    text: "龙凤茶茶茶茶",
  });
  expect(JSON.parse(tooLong.body)).toMatchObject({
    reason: "arenaPromptTooLong",
    values: { count: 6, limit: 5, over: 1 },
  });
  for (const text of ["", " \n\u200b"]) {
    const empty = await first.send("POST", `/api/arena/${projectId}/battles`, { idempotencyKey: randomUUID(), text });
    expect(empty.status, JSON.stringify(text)).toBe(422);
  }
  await put({ messagesAMinute: 60 });
  await end(second, (await begin(second, "One.")).id);
  await put({ messagesAMinute: 1 });
  const tooFast = await second.send("POST", `/api/arena/${projectId}/battles`, {
    idempotencyKey: randomUUID(),
    text: "x",
  });
  expect(tooFast.status).toBe(429);
  expect(JSON.parse(tooFast.body)).toMatchObject({ reason: "arenaTooFast", values: { limit: 1 } });
  await put({ battlesADay: 1 });
  expect(
    reasonOf(await first.send("POST", `/api/arena/${projectId}/battles`, { idempotencyKey: randomUUID(), text: "x" })),
  ).toBe("arenaDayDone");
  await put({ projectBattlesADay: 2 });
  expect(
    reasonOf(await first.send("POST", `/api/arena/${projectId}/battles`, { idempotencyKey: randomUUID(), text: "x" })),
  ).toBe("arenaProjectDayDone");
  await put();
  // One at a time, however many are asked for at once.
  const many = await Promise.all(
    Array.from({ length: 6 }, () =>
      first.send("POST", `/api/arena/${projectId}/battles`, { idempotencyKey: randomUUID(), text: "x" }),
    ),
  );
  expect(many.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(many.filter(({ status }) => status === 409).map(reasonOf)).toEqual(Array(5).fill("arenaBattleOpen"));
  const open = JSON.parse((await first.send("GET", `/api/arena/${projectId}`)).body);
  await end(first, open.battle.id);
});

it("is somebody else's battle for nobody", async () => {
  const { id } = await begin(first, "Mine.");
  for (const [method, path, body] of [
    ["GET", "", undefined],
    ["POST", "/answers", undefined],
    ["POST", "/turns", { number: 2, text: "x" }],
    ["POST", "/vote", { choice: "a" }],
    ["POST", "/end", { how: "withdrawn" }],
  ] as const)
    expect((await second.send(method, `/api/battles/${id}${path}`, body)).status, path).toBe(404);
  await end(first, id);
});

it("keeps the vote and makes no judgement of it where an answer says which model it is of", async () => {
  const { id } = await answered(first, "Who are you?");
  await api.server.database.arenaTurn.update({
    where: { battleId_number: { battleId: id, number: 1 } },
    data: { aNamesItself: ["Qwen"] },
  });
  const before = await api.server.database.judgement.count({ where: { projectId } });
  const { told } = await first.battle("POST", `/api/battles/${id}/vote`, { choice: "a" });
  expect(told).toMatchObject({ counted: false, selfNamed: ["Qwen"] });
  expect(await api.server.database.judgement.count({ where: { projectId } })).toBe(before);
  const list = JSON.parse((await staff.send("GET", `/api/projects/${projectId}/battles?state=voted`)).body);
  expect(list.items.map(({ notCounted }: { notCounted: string | null }) => notCounted)).toContain("selfNamed");
});

it("lets nothing out before the vote that differs with the policies, over any route that annotators may call", async () => {
  const watcher = new Talker(api, await invite(admin, "annotator", "watcher@example.org"));
  const { id } = await begin(watcher, "Which are you?");
  await watcher.answers(id);
  await watcher.battle("POST", `/api/battles/${id}/turns`, { number: 2, text: "Really?" });
  await watcher.answers(id);
  const paths = [
    ...["/api/arena", `/api/arena/${projectId}`, `/api/battles/${id}`, "/api/work", "/api/session"],
    ...[`/api/work/${projectId}/answers`, `/api/work/${projectId}/skips`, `/api/work/${projectId}/guideline`],
    ...[
      "/v1/models",
      "/api/models",
      `/api/models/${models[0]}/review?projectId=${projectId}`,
      `/api/projects/${projectId}`,
      "/api/projects",
    ],
    ...[`/api/projects/${projectId}/battles`, `/api/projects/${projectId}/arena`, `/api/projects/${projectId}/items`],
    ...[`/api/projects/${projectId}/models`, `/api/projects/${projectId}/runs`, "/api/audit"],
  ];
  for (const path of paths) await watcher.send("GET", path);
  // The staff, who may play as well, learns it neither.
  const { body: listed } = await staff.send("GET", `/api/projects/${projectId}/battles?state=open`);
  const own = JSON.parse(listed).items.filter((one: { id: string }) => one.id === id);
  expect(own).toMatchObject([{ a: null, b: null }]);

  const rows = await api.server.database.modelVersion.findMany({ where: { id: { in: models } } });
  const battle = await api.server.database.arenaBattle.findUniqueOrThrow({ where: { id } });
  const secrets = [
    ...rows.flatMap((row) => [row.id, row.sha256, row.name, row.tokenizerSha256 ?? row.id, `P-${row.number}`]),
    ...[
      String(battle.aSeed),
      String(battle.bSeed),
      "zephyrine",
      "quillback",
      "system_fingerprint",
      "finishReason",
      "tokens",
    ],
  ];
  const all = watcher.received.map(({ headers, body }) => `${headers}\n${body}`.toLowerCase());
  expect(all.length).toBeGreaterThan(paths.length);
  for (const secret of secrets)
    expect(
      all.filter((text) => text.includes(secret.toLowerCase())),
      secret,
    ).toEqual([]);
  // The headers of the two streams are the same but for what is each request's own.
  await watcher.battle("POST", `/api/battles/${id}/vote`, { choice: "a" });
  const told = watcher.received.at(-1)?.body ?? "";
  expect(told).toMatch(/zephyrine\/1/);
  expect(told).toMatch(/quillback\/2/);
});

it("draws sides by lot: either policy stands on either side", async () => {
  const battles = await api.server.database.arenaBattle.findMany({ where: { projectId }, select: { aModelId: true } });
  // Of a dozen fair draws all are alike once in two thousand runs: more are drawn until it is one in a million.
  const seen = new Set(battles.map(({ aModelId }) => aModelId));
  for (let tries = 0; seen.size < 2 && tries < 20; tries++) {
    const { id } = await begin(second);
    seen.add((await api.server.database.arenaBattle.findUniqueOrThrow({ where: { id } })).aModelId);
    await end(second, id);
  }
  expect(seen).toEqual(new Set(models));
});

it("goes with whoever wrote it: a dash is left of their prompts and of what was answered, and no battle", async () => {
  const talker = await invite(admin, "annotator", "leaves@example.org");
  const { member } = (await talker.send("GET", "/api/session")).json<{ member: { id: string; name: string } }>();
  const own = new Talker(api, talker);
  const { id } = await answered(own, "My own secret question");
  await own.battle("POST", `/api/battles/${id}/vote`, { choice: "a", reason: "My own secret reason" });
  const { taskId } = await api.server.database.arenaBattle.findUniqueOrThrow({ where: { id } });
  const { stamp } = (await admin.send("GET", `/api/members/${member.id}/dependants`)).json<{ stamp: string }>();
  const sent = await admin.send("POST", `/api/members/${member.id}/erasure`, { what: "all", name: member.name, stamp });
  expect(sent.statusCode, sent.body).toBe(202);
  await expect
    .poll(() => api.server.database.erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 })
    .toBe(0);
  const task = await api.server.database.task.findUniqueOrThrow({
    where: { id: taskId ?? "" },
    include: { prompt: { include: { completions: true } }, judgements: true },
  });
  expect(task.judgements).toEqual([]);
  expect(task.state).toBe("ended");
  expect(task.prompt.messages).toEqual([{ role: "user", content: "—" }]);
  expect(task.prompt.completions.map(({ text }) => text)).toEqual(["—", "—"]);
  expect(await api.server.database.arenaBattle.count({ where: { memberId: member.id } })).toBe(0);
});
