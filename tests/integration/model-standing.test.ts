import type { ItemPage, LeasedTask, ModelStandingView, StandingChoices } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let reviewer: Visitor;
let judge: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  reviewer = await invite(admin, "reviewer", "rae@example.org");
  judge = await invite(admin, "annotator", "ann@example.org");
});
afterAll(() => api.close());

async function projectOf(rows: readonly object[], query: Record<string, string> = {}, questions?: object[]) {
  const projectId = await newProject(admin, `models ${Math.random()}`, 1);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  if (questions) {
    const made = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
    expect(made.statusCode, made.body).toBe(200);
  }
  const imported = await importFile(admin, projectId, { format: "prompts", ...query }, rows);
  expect(imported.statusCode, imported.body).toBe(201);
  return projectId;
}

/** Answers whose texts are the names of their models, so that a judge can be told whom to prefer. */
const row = (prompt: string, models: readonly (string | null)[], more: object = {}) => ({
  prompt,
  completions: models.map((model, place) => (model === null ? `nobody ${place}` : { text: model, model })),
  ...more,
});

async function read<Body>(path: string): Promise<Body> {
  const answer = await reviewer.send("GET", path);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Body>();
}

async function standing(projectId: string, query: Record<string, string> = {}): Promise<ModelStandingView> {
  return read(`/api/projects/${projectId}/models?${new URLSearchParams(query)}`);
}

async function judgeAll(projectId: string, count: number, said: (task: LeasedTask, place: number) => object) {
  for (let place = 0; place < count; place++) {
    const task = await claimOne(judge, projectId);
    const { answer: _, ...submission } = submissionFor(task, {});
    const sent = await judge.send("POST", "/api/judgements", { ...submission, ...said(task, place) });
    expect(sent.statusCode, sent.body).toBe(201);
    const { next } = sent.json<{ next: LeasedTask | null }>();
    if (next) await judge.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
  }
}

const textsOf = (task: LeasedTask) => task.completions.map(({ text }) => text ?? "");
/** Whoever comes first in this order is much better. */
const byOrder =
  (...order: string[]) =>
  (task: LeasedTask) => {
    const [left, right] = textsOf(task).map((text) => order.indexOf(text));
    return { answer: { choice: "graded", step: (left ?? 0) < (right ?? 0) ? 1 : 7 } };
  };
const ranked =
  (...order: string[]) =>
  (task: LeasedTask) => ({ answers: { order: { ranks: textsOf(task).map((text) => order.indexOf(text) + 1) } } });

describe("which model wins", () => {
  it("is read from preferences, by the names that the import gives, whatever their letters, and links to the pairs", async () => {
    const rows = [
      ...[1, 2, 3, 4].map((place) => row(`p${place}`, ["Alpha", "beta"], { language: "en" })),
      row("p5", ["beta", "Gamma"], { language: "zh" }),
      row("p6", ["ALPHA", "Gamma"]),
      row("p7", ["Alpha", null]),
    ];
    const projectId = await projectOf(rows);
    expect(await standing(projectId)).toMatchObject({
      models: [],
      groups: [],
      pairs: [],
      judgements: 0,
      position: null,
    });
    await judgeAll(projectId, 7, (task) => {
      const texts = textsOf(task).map((text) => text.toLowerCase());
      if (texts.includes("gamma") && texts.includes("beta")) return { answer: { choice: "both-bad" } };
      return byOrder("Alpha", "ALPHA", "beta", "Gamma", "nobody 1")(task);
    });
    const seen = await standing(projectId);
    expect(seen).toMatchObject({ judgements: 6, comparisons: 6, prompts: 6, sampled: null, slices: null });
    expect(seen.left).toEqual({
      leftOut: 0,
      simulated: 0,
      blind: 0,
      chosen: 0,
      unordered: 0,
      unnamed: 1,
      oneModel: 0,
      answersUnnamed: 1,
    });
    // Gamma and beta tied, and lost to alpha alone: which of the two stands first is left to the places that they were shown in.
    const [first, ...others] = seen.groups.map((group) => group.map(({ model }) => model))[0] ?? [];
    expect([seen.groups.length, first, others.sort()]).toEqual([1, "alpha", ["beta", "gamma"]]);
    expect(seen.groups[0]?.[0]).toMatchObject({ unbounded: "won all", strength: { high: null }, comparisons: 5 });
    expect(seen.models.map(({ model, version, answers }) => [model, version, answers])).toEqual([
      ["alpha", null, 6],
      ["beta", null, 5],
      ["gamma", null, 2],
    ]);
    expect(seen.models[1]?.name).toBe("beta");
    const pairs = seen.pairs.map(({ a, b, wins, ties, losses }) => [a, b, wins, ties, losses]);
    expect(pairs).toEqual([
      ["alpha", "beta", 4, 0, 0],
      ["alpha", "gamma", 1, 0, 0],
      ["beta", "gamma", 0, 1, 0],
    ]);
    expect(seen.position).not.toBeNull();

    const narrowed = await standing(projectId, { language: "EN" });
    expect(narrowed).toMatchObject({ judgements: 4, groups: [[{ model: "alpha" }, { model: "beta" }]] });
    const sliced = await standing(projectId, { by: "language" });
    const slices = sliced.slices?.items.map(({ value, judgements }) => [value, judgements]);
    expect(slices).toEqual([
      ["en", 4],
      ["zh", 1],
      [null, 1],
    ]);

    const found = async (query: Record<string, string>) => {
      const items = await read<ItemPage>(`/api/projects/${projectId}/items?${new URLSearchParams(query)}`);
      return items.items.map(({ excerpt }) => excerpt).sort();
    };
    const two = { model: "alpha", against: "Beta" };
    expect(await found(two)).toEqual(["p1", "p2", "p3", "p4"]);
    expect(await found({ ...two, preferred: "model" })).toEqual(["p1", "p2", "p3", "p4"]);
    expect(await found({ ...two, preferred: "against" })).toEqual([]);
    expect(await found({ model: "gamma", against: "beta", preferred: "tie" })).toEqual(["p5"]);
    const [judgement] = (await read<{ items: { id: string }[] }>(`/api/projects/${projectId}/judgements?limit=1`))
      .items;
    const what = { kind: "judgement", judgementId: judgement?.id };
    const left = await admin.send("POST", `/api/projects/${projectId}/left-out`, {
      what,
      reason: "other",
      note: "A slip.",
    });
    expect(left.statusCode, left.body).toBe(200);
    const without = await standing(projectId);
    expect(without.left.leftOut).toBe(1);
    expect(without.judgements + without.left.unnamed).toBe(6);

    const alone = await reviewer.send("GET", `/api/projects/${projectId}/items?model=alpha&preferred=model`);
    expect([alone.statusCode, alone.json()]).toMatchObject([422, { reason: "preferredOfTwo" }]);
  });

  it("takes rankings whole, each pair with its share, and the order in which answers were shown", async () => {
    const projectId = await projectOf(
      Array.from({ length: 4 }, (_, place) => row(`q${place}`, ["a", "b", "c", "d"])),
      { question: "own" },
      [{ name: "order", kind: "ranking" }],
    );
    await judgeAll(projectId, 4, (task, place) =>
      ranked(...(place === 3 ? ["b", "a", "c", "d"] : ["a", "b", "c", "d"]))(task),
    );
    const seen = await standing(projectId);
    expect(seen).toMatchObject({ judgements: 4, comparisons: 24, prompts: 4 });
    expect(seen.groups[0]?.map(({ model }) => model)).toEqual(["a", "b", "c", "d"]);
    // Two of four: a pair counts half a judgement.
    expect(seen.pairs[0]).toMatchObject({ a: "a", b: "b", wins: 1.5, ties: 0, losses: 0.5 });
    expect((await standing(projectId, { by: "asked" })).slices?.items).toMatchObject([
      { value: "order", judgements: 4 },
    ]);
    const choices = await read<StandingChoices>(`/api/projects/${projectId}/models/choices`);
    expect(choices.questions).toContainEqual({ question: "own", asked: ["order"] });
  });

  it("takes best and worst, leaves out what orders no answers, and says so", async () => {
    const rows = Array.from({ length: 2 }, (_, place) => row(`r${place}`, ["a", "b", "c"]));
    const projectId = await projectOf(rows, { question: "own" }, [{ name: "ends", kind: "best-worst" }]);
    await importFile(admin, projectId, { format: "prompts", question: "rating" }, [row("s", ["a"])]);
    await judgeAll(projectId, 3, (task) => {
      const texts = textsOf(task);
      if (texts.length === 1) return { answer: { choice: "rated", score: 5 } };
      return { answers: { ends: { best: texts.indexOf("c"), worst: texts.indexOf("b") } } };
    });
    const seen = await standing(projectId);
    expect(seen).toMatchObject({ judgements: 2, left: { unordered: 1 } });
    expect(seen.groups[0]?.map(({ model }) => model)).toEqual(["c", "a", "b"]);
    expect(seen.groups[0]?.[1]).toMatchObject({ comparisons: 4, unbounded: null });
  });

  it("shows a judgement as soon as it is there, and keeps models apart that no judgement joins", async () => {
    const projectId = await projectOf([row("t1", ["a", "b"]), row("t2", ["x", "y"]), row("t3", ["a", "a"])]);
    const prefer = (task: LeasedTask) => byOrder("a", "x", "b", "y")(task);
    await judgeAll(projectId, 1, prefer);
    const before = await standing(projectId);
    await judgeAll(projectId, 1, prefer);
    await expect.poll(async () => (await standing(projectId)).comparisons).toBe(before.comparisons + 1);
    expect((await standing(projectId)).groups.map((group) => group.map(({ model }) => model))).toEqual([
      ["a", "b"],
      ["x", "y"],
    ]);
  });
});
