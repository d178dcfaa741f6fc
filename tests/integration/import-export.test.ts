import { createHash, randomUUID } from "node:crypto";
import { ExportFormat, type LeasedTask } from "@touchstone/contracts";
import { freezeLabelSet, streamLabelSet } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  workspaceId = tenant.workspaceId;
});
afterAll(() => api.close());

const trl = { format: "trl-preference" };
const message = (role: string, content: string) => ({ role, content });
const ratingMapping = JSON.stringify({ prompt: "q", completion: "c", score: "s", annotator: "by" });

/** Rows as lines in an order of their own, each with its columns in another: two files that say the same are equal. */
const lines = (rows: Record<string, unknown>[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1)))).sort();

async function claim(projectId: string): Promise<LeasedTask[]> {
  const response = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
  return response.json<{ tasks: LeasedTask[] }>().tasks;
}

describe("an export", () => {
  it("brings back into an empty project what it took out of another, in every trainable format", async () => {
    const source = await newProject(admin, "source");
    await importFile(admin, source, trl, [
      {
        prompt: [message("system", "s"), message("user", "é诗\n\t\\")],
        chosen: "a",
        rejected: "b",
        margin: 1,
        annotator: "w1",
      },
      { prompt: "q", chosen: "c\u2028", rejected: "", margin: 1 / 3, annotator: "w2" },
    ]);
    await importFile(admin, source, { format: "columns", mapping: ratingMapping }, [
      { q: "r", c: "x", s: 5, by: "w3" },
    ]);
    const target = await newProject(admin, "target");
    const preferences = await exportRows(admin, source, "trl-preference");
    const ratings = await exportRows(admin, source, "ratings");
    expect(preferences).toHaveLength(2);
    expect(ratings).toHaveLength(1);
    expect((await importFile(admin, target, trl, preferences)).statusCode).toBe(201);
    const mapping = JSON.stringify({
      prompt: "prompt",
      completion: "completion",
      score: "score",
      annotator: "annotator_hash",
    });
    expect((await importFile(admin, target, { format: "columns", mapping }, ratings)).statusCode).toBe(201);

    const comparable = (rows: Record<string, unknown>[]) =>
      rows.map(({ prompt, chosen, rejected, margin, completion, score }) => ({
        ...{ prompt, chosen, rejected, margin, completion, score },
      }));
    expect(comparable(await exportRows(admin, target, "trl-preference"))).toEqual(comparable(preferences));
    expect(comparable(await exportRows(admin, target, "ratings"))).toEqual(comparable(ratings));
    const imitated = await exportRows(admin, target, "sft-messages");
    expect(imitated.map(({ messages }) => JSON.stringify(messages)).sort()).toEqual(
      [
        [message("system", "s"), message("user", "é诗\n\t\\"), message("assistant", "a")],
        [message("user", "q"), message("assistant", "c\u2028")],
        [message("user", "r"), message("assistant", "x")],
      ]
        .map((messages) => JSON.stringify(messages))
        .sort(),
    );
  });

  it("comes back equal into a new project, and adds nothing to its own", async () => {
    const source = await newProject(admin, "there", 2);
    const labels = [
      { prompt: "P1", chosen: "a", rejected: "b", margin: 5, annotator: "w1", split: "test", language: "java" },
      {
        prompt: "P2",
        chosen: "c",
        rejected: "d",
        margin: 1,
        // A column that is called a hash may hold a name all the same.
        annotator_hash: "w2@example.org",
        comment: "so",
        external_id: "x1",
        language: "d",
      },
    ].map((row) => ({
      ...row,
      chosen_model: "m1",
      rejected_model: "m2",
      gold: "a",
      source_text: "S",
      cluster: `c ${row.prompt}`,
    }));
    await importFile(admin, source, trl, labels);
    for (const task of await claim(source)) await admin.send("POST", "/api/judgements", submissionFor(task));
    await importFile(admin, source, { format: "columns", mapping: ratingMapping }, [{ q: "r", c: "x", s: 5, by: "w" }]);
    for (const format of ExportFormat.options) {
      const answer = await admin.send("GET", `/api/projects/${source}/exports?format=${format}`);
      expect([format, answer.statusCode, answer.body.includes("w2@")]).toEqual([format, 200, false]);
    }
    const pseudonyms = (await exportRows(admin, source, "judgements")).map((row) => String(row.annotator_hash));
    expect(pseudonyms.filter((name) => !/^[0-9a-f]{16}$/.test(name))).toEqual([]);
    for (const format of ["trl-preference", "ratings", "judgements"]) {
      const target = await newProject(admin, `back ${format}`, 2);
      const exported = await exportRows(admin, source, format);
      expect(exported.length).toBeGreaterThan(0);
      expect((await importFile(admin, target, { format }, exported)).json()).toMatchObject({ rows: exported.length });
      const own = ({
        task_id: _task,
        guideline_version: _version,
        source: _source,
        faster_than_reading: _fast,
        ...row
      }: Record<string, unknown>) => JSON.stringify(row);
      expect((await exportRows(admin, target, format)).map(own).sort()).toEqual(exported.map(own).sort());
      for (const projectId of [source, target]) {
        const again = await importFile(admin, projectId, { format }, exported);
        const nothing = { prompts: 0, completions: 0, tasks: 0, judgements: 0, duplicates: exported.length };
        expect(again.json()).toMatchObject(nothing);
      }
      // What went to another project and comes home from there is known here too: nobody gets a second voice.
      const home = await importFile(admin, source, { format }, await exportRows(admin, target, format));
      expect(home.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
    }
    const told = { external_id: "x1", gold: "a", cluster: "c P2", source_text: "S", language: "d" };
    const written = { chosen_model: "m1", rejected_model: "m2" };
    expect(await exportRows(admin, source, "trl-preference")).toContainEqual(
      expect.objectContaining({ ...told, ...written, comment: "so" }),
    );
    const raw = await exportRows(admin, source, "judgements");
    expect(raw).toContainEqual(expect.objectContaining({ ...told, source: "imported", comment: "so" }));
    expect(raw).toContainEqual(expect.objectContaining({ ...told, source: "person" }));
    for (const { preferred, outcome } of raw.filter(({ source: by }) => by === "imported")) {
      if (outcome !== null) expect(preferred).toBe(0);
    }
    const imitated = await exportRows(admin, source, "sft-messages");
    const same = await importFile(admin, source, { format: "sft-messages" }, imitated);
    expect(same.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
    // A text to imitate is what people liked best: where they like the same answers, the same texts come out again.
    const target = await newProject(admin, "back sft-messages", 1);
    const liked = await importFile(admin, target, { format: "sft-messages", question: "rating" }, imitated);
    expect(liked.json()).toMatchObject({ rows: imitated.length, completions: imitated.length, tasks: imitated.length });
    expect(await exportRows(admin, target, "sft-messages")).toEqual([]);
    for (let tasks = await claim(target); tasks.length > 0; tasks = await claim(target)) {
      for (const task of tasks) await admin.send("POST", "/api/judgements", submissionFor(task));
    }
    expect(lines(await exportRows(admin, target, "sft-messages"))).toEqual(lines(imitated));
    // A person saw the two in an order drawn by lot, so either answer may be the one that was liked.
    const model = expect.stringMatching(/^m[12]$/);
    expect(imitated).toContainEqual(expect.objectContaining({ ...told, model }));
    const twice = await importFile(admin, target, { format: "sft-messages" }, imitated);
    expect(twice.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
  });

  it("names the model of each of several answers, as its own column said it", async () => {
    const projectId = await newProject(admin, "models", 1);
    const mapping = JSON.stringify({
      prompt: "q",
      answers: { columns: ["a1", "a2", "a3"], models: ["m1", "m2", "m3"] },
    });
    const row = { q: "p", a1: "one", a2: "two", a3: "three", m1: "alpha", m2: "beta", m3: "alpha" };
    await importFile(admin, projectId, { format: "columns", mapping }, [row]);
    for (const task of await claim(projectId)) await admin.send("POST", "/api/judgements", submissionFor(task));
    const models = new Map([
      ["one", "alpha"],
      ["two", "beta"],
      ["three", "alpha"],
    ]);
    const raw = await exportRows(admin, projectId, "judgements");
    expect(raw).toHaveLength(2);
    const Sides = z.array(z.object({ text: z.string(), model: z.string() }));
    for (const { completions } of raw) {
      for (const { text, model } of Sides.parse(completions)) expect(model).toBe(models.get(text));
    }
    const Answer = z.array(z.object({ content: z.string() })).length(1);
    const textOf = (value: unknown) => Answer.parse(value)[0]?.content ?? "";
    for (const { chosen, rejected, chosen_model, rejected_model } of await exportRows(
      admin,
      projectId,
      "trl-preference",
    )) {
      expect([chosen_model, rejected_model]).toEqual([models.get(textOf(chosen)), models.get(textOf(rejected))]);
    }
  });

  it("of votes on answers that are named by their ids alone finds the answers that are there", async () => {
    const projectId = await newProject(admin, "ids alone", 1);
    const mapping = JSON.stringify({ prompt: "q", a: "a", b: "b", aId: "id_a", bId: "id_b" });
    const file = [{ q: "p", a: "one", b: "two", id_a: "x", id_b: "y" }];
    await importFile(admin, projectId, { format: "columns", mapping }, file);
    const votes = JSON.stringify({ prompt: "q", aId: "id_a", bId: "id_b", votes: { columns: ["winner"] } });
    const voted = [{ q: "p", id_a: "x", id_b: "y", winner: "b" }];
    const response = await importFile(admin, projectId, { format: "columns", mapping: votes }, voted);
    expect(response.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 1 });
    expect(await exportRows(admin, projectId, "trl-preference")).toMatchObject([
      { chosen: [message("assistant", "two")], rejected: [message("assistant", "one")], chosen_external_id: "y" },
    ]);
  });

  it("holds what a person said, and no longer what was undone", async () => {
    const projectId = await newProject(admin, "undone", 1);
    await importFile(admin, projectId, { format: "prompts" }, [{ prompt: "p", completions: ["a", "b"] }]);
    const [task] = await claim(projectId);
    if (!task) throw new Error("there was no task");
    const judged = await admin.send("POST", "/api/judgements", submissionFor(task));
    const [left] = task.completions;
    const [row] = await exportRows(admin, projectId, "trl-preference");
    expect(row).toMatchObject({
      chosen_id: left?.id,
      margin: 2 / 3,
      label_id: judged.json<{ judgementId: string }>().judgementId,
    });
    const { judgementId } = judged.json<{ judgementId: string }>();
    await admin.send("POST", `/api/judgements/${judgementId}/undo`, { idempotencyKey: randomUUID() });
    expect(await exportRows(admin, projectId, "judgements")).toEqual([]);
  });

  it("leaves out simulated, surplus and repeated judgements; the first only until asked for", async () => {
    const projectId = await newProject(admin, "left out", 2);
    await importFile(admin, projectId, trl, [{ prompt: "p", chosen: "a", rejected: "b", annotator: "w" }]);
    const db = api.server.database;
    const {
      id: _id,
      idempotencyKey: _key,
      answer: _answer,
      ...like
    } = await db.judgement.findFirstOrThrow({ where: { projectId } });
    const answer = { choice: "graded", step: 1 };
    for (const change of [{ surplus: true }, { repeat: true }, { source: "simulated" as const }]) {
      const { timings: _timings, client: _client, origin: _origin, ...rest } = like;
      await db.judgement.create({ data: { ...rest, ...change, answer, idempotencyKey: randomUUID() } });
    }
    expect(await exportRows(admin, projectId, "judgements")).toHaveLength(1);
    const all = await exportRows(admin, projectId, "judgements", "&includeSimulated=true");
    expect(all.map(({ source }) => source).sort()).toEqual(["imported", "simulated"]);
  });

  it("names the label set it was written from", async () => {
    const projectId = await newProject(admin, "named");
    await importFile(admin, projectId, trl, [{ prompt: "p", chosen: "a", rejected: "b" }]);
    const response = await admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    expect(response.headers["content-type"]).toContain("application/x-ndjson");
    const today = new Date().toISOString().slice(0, 10);
    expect(response.headers["content-disposition"]).toContain(`filename="named.judgements.${today}.jsonl"`);
    const set = await api.server.database.labelSet.findFirstOrThrow({ where: { projectId } });
    expect(response.headers).toMatchObject({ "label-set-id": set.id, "label-set-sha256": set.sha256 });
  });
});

describe("a label set", () => {
  it("is one for equal content, hashes what it says it hashes, and does not change when people do", async () => {
    const db = api.server.database;
    const projectId = await newProject(admin, "frozen", 1);
    await importFile(admin, projectId, { format: "prompts" }, [{ prompt: "p", completions: ["a", "b"] }]);
    const [task] = await claim(projectId);
    if (!task) throw new Error("there was no task");
    const judged = await admin.send("POST", "/api/judgements", submissionFor(task));
    await importFile(admin, projectId, trl, [{ prompt: "q", chosen: "a", rejected: "b" }]);
    const scope = { workspaceId, projectId, includeSimulated: false };
    const frozen = await freezeLabelSet(db, scope);
    expect(frozen).toMatchObject({ judgements: 2, comparisons: 2, ratings: 0 });
    expect((await freezeLabelSet(db, scope)).id).toBe(frozen.id);

    const lines = await db.$queryRaw<{ line: string }[]>`
      SELECT id || ' ' || shown_order::text || ' ' || answer::text AS line FROM judgement
      WHERE project_id = ${projectId}::uuid ORDER BY id`;
    const text = lines.map(({ line }) => `${line}\n`).join("");
    expect(frozen.sha256).toBe(createHash("sha256").update(text).digest("hex"));

    const { judgementId } = judged.json<{ judgementId: string }>();
    await admin.send("POST", `/api/judgements/${judgementId}/undo`, { idempotencyKey: randomUUID() });
    const forms: string[] = [];
    for await (const form of streamLabelSet(db, frozen.id)) forms.push(form.judgementId ?? "");
    expect(forms).toContain(judgementId);
    expect(forms).toHaveLength(2);
    const later = await freezeLabelSet(db, scope);
    expect(later).toMatchObject({ judgements: 1 });
    expect(later.id).not.toBe(frozen.id);
    await expect(db.labelSetItem.deleteMany({ where: { labelSetId: frozen.id } })).rejects.toThrow(/append-only/);
  });
});
