import { readdirSync, readFileSync } from "node:fs";
import type { ImportReceipt, LeasedTask, MediaRef, Problem, UndoImportResult } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { png, wav } from "../harness/made-media.ts";
import { hasReferenceData, referenceFile } from "../harness/reference-data.ts";
import { keptMedia } from "../harness/upload-media.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

const red = png(40, 30, [200, 30, 30]);
const blue = png(30, 40, [30, 30, 200]);
const tone = wav(0.2);
const dataUrl = (type: string, file: Buffer) => `data:${type};base64,${file.toString("base64")}`;
const filesOnDisk = () =>
  readdirSync(api.filesDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

/** A project with three files, one judgement a task, so that a task is open until it is judged. */
async function withFiles(name: string): Promise<{ id: string; refs: Record<string, MediaRef> }> {
  const id = await newProject(admin, name, 1);
  const refs = {
    red: await keptMedia(admin, id, "red.png", red),
    blue: await keptMedia(admin, id, "blue.png", blue),
    tone: await keptMedia(admin, id, "tone.wav", tone),
  };
  return { id, refs };
}
async function claim(id: string): Promise<LeasedTask[]> {
  const response = await admin.send("POST", `/api/work/${id}/claims`, { count: 2 });
  return response.json<{ tasks: LeasedTask[] }>().tasks;
}
async function receipt(id: string, query: Record<string, string>, rows: object[]): Promise<ImportReceipt> {
  const response = await receiptOf(
    admin,
    id,
    query,
    Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
  );
  expect(response.statusCode).toBe(200);
  return response.json<ImportReceipt>();
}
const importId = (response: { json<T>(): T }) => response.json<{ id: string }>().id;
const prompts = { format: "prompts" };
const Side = z.array(z.object({ media: z.array(z.object({ sha256: z.string() })) }));

describe("rows that name files", () => {
  it("of the project show them in prompts and answers, in each of the ways that rows have", async () => {
    const { id, refs } = await withFiles("ways");
    const rows = [
      {
        prompt: [
          {
            role: "user",
            content: [
              { type: "text", text: "Which picture is warmer?" },
              { type: "image_url", image_url: { url: "red.png" }, alt: "a red square" },
            ],
          },
        ],
        completions: [
          { text: "", media: ["red.png"] },
          { text: "This one.", media: ["folder/blue.png"] },
        ],
      },
      { prompt: "What do you hear?", media: "tone.wav", completions: ["A tone.", "A voice."] },
      {
        messages: [{ role: "user", content: "", media: [{ name: "blue.png", alt: "blue" }] }],
        completions: ["1", "2"],
      },
      { prompt: "Paint the sea.", completions: ["red.png", "blue.png"] },
    ];
    const told = await receipt(id, prompts, rows);
    expect(told.counts).toMatchObject({ badRows: 0, tasks: 4, media: 7, embedded: 0 });
    expect(told.warnings).toEqual([]);
    expect(told.columns.map(({ path }) => path)).not.toContain("media");
    expect(told.preview[0]?.answers[0]?.media).toEqual([refs.red]);
    expect((await importFile(admin, id, prompts, rows)).statusCode).toBe(201);

    const { db } = { db: api.server.database };
    const found = await db.prompt.findMany({ where: { projectId: id }, include: { completions: true } });
    const prompt = (text: string) => {
      const one = found.find(({ messages }) => JSON.stringify(messages).includes(text));
      return { messages: one?.messages, answers: one?.completions.map(({ text, media }) => ({ text, media })) };
    };
    const sorted = <T>(items: T[] | undefined) =>
      items?.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    const first = prompt("warmer");
    expect(first.messages).toEqual([
      { role: "user", content: "Which picture is warmer?", media: [{ ...refs.red, alt: "a red square" }] },
    ]);
    expect(sorted(first.answers)).toEqual(
      sorted([
        { text: null, media: [refs.red] },
        { text: "This one.", media: [refs.blue] },
      ]),
    );
    expect(prompt("hear")).toEqual({
      messages: [{ role: "user", content: "What do you hear?", media: [refs.tone] }],
      answers: expect.arrayContaining([{ text: "A tone.", media: null }]),
    });
    expect(prompt('"alt":"blue"').messages).toEqual([
      { role: "user", content: "", media: [{ ...refs.blue, alt: "blue" }] },
    ]);
    expect(sorted(prompt("Paint").answers)).toEqual(
      sorted([
        { text: null, media: [refs.red] },
        { text: null, media: [refs.blue] },
      ]),
    );
    // The same rows again are the same prompts, answers and tasks.
    const again = await importFile(admin, id, prompts, rows);
    expect(again.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0 });
  });

  it("that are not there, or elsewhere, are refused by line, and the others can be taken", async () => {
    const { id } = await withFiles("not there");
    const image = (url: string) => [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
    const rows = [
      { prompt: image("red.png"), completions: ["1", "2"] },
      { prompt: image("https://example.org/a.png"), completions: ["1", "2"] },
      { prompt: image("green.png"), completions: ["1", "2"] },
      { prompt: image(dataUrl("image/png", tone)), completions: ["1", "2"] },
      { prompt: image(dataUrl("image/png", red.subarray(0, 70))), completions: ["1", "2"] },
      { prompt: image("data:image/png,abc"), completions: ["1", "2"] },
      { prompt: "Which?", completions: ["green.png", "gruen.png"] },
    ];
    const told = await receipt(id, prompts, rows);
    expect(told.badRows.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "mediaElsewhere"],
      [3, "mediaNotThere"],
      [4, "mediaLies"],
      [5, "mediaBroken"],
      [6, "mediaData"],
    ]);
    expect(told.warnings).toContainEqual(
      expect.objectContaining({ code: "filesNotThere", weight: "confirm", lines: [7], values: { count: 2 } }),
    );
    const all = await importFile(admin, id, prompts, rows);
    expect([all.statusCode, all.json<Problem>().issues?.length]).toEqual([422, 5]);
    const rest = await importFile(admin, id, { ...prompts, leaveOut: "true" }, rows);
    expect(rest.json()).toMatchObject({ rows: 2, prompts: 2 });
  });

  it("in columns of their own, beside the column that they belong to", async () => {
    const { id, refs } = await withFiles("columns");
    const rows = [
      {
        question: "Louder?",
        answer_a: null,
        answer_a_media: "tone.wav",
        answer_b: "No.",
        answer_b_media: null,
        social_media: "x",
      },
    ];
    const query = { format: "columns", mapping: JSON.stringify({ prompt: "question", a: "answer_a", b: "answer_b" }) };
    const told = await receipt(id, query, rows);
    expect(told.warnings).toMatchObject([{ code: "unusedColumn", values: { column: "social_media" } }]);
    expect(told.preview[0]?.answers).toEqual([
      { text: null, model: null, media: [refs.tone] },
      { text: "No.", model: null },
    ]);
  });

  it("that they hold themselves are kept first, each once; of an import that fails nothing stays", async () => {
    const id = await newProject(admin, "embedded", 1);
    const sound = { type: "input_audio", input_audio: { data: tone.toString("base64"), format: "wav" } };
    const rows = [
      { prompt: [{ role: "user", content: [{ type: "text", text: "Hear?" }, sound] }], completions: ["1", "2"] },
      { prompt: [{ role: "user", content: [{ type: "text", text: "Again?" }, sound] }], completions: ["1", "2"] },
      { prompt: "See?", completions: [{ text: "", media: [dataUrl("image/png", red)] }, "Nothing."] },
    ];
    expect((await receipt(id, prompts, rows)).counts).toMatchObject({ media: 3, embedded: 2 });
    expect(filesOnDisk().filter(({ parentPath }) => parentPath.includes(id))).toEqual([]);
    const split = [{ prompt: "See?", split: "train", completions: ["x", "y"] }];
    expect((await importFile(admin, id, prompts, split)).statusCode).toBe(201);
    const failed = await importFile(admin, id, prompts, [
      ...rows,
      { prompt: "See?", split: "test", completions: ["a", "b"] },
    ]);
    expect(failed.statusCode).toBe(422);
    expect(filesOnDisk().filter(({ parentPath }) => parentPath.includes(id))).toEqual([]);
    expect((await importFile(admin, id, prompts, rows)).statusCode).toBe(201);
    const { items } = (await admin.send("GET", `/api/projects/${id}/media`)).json<{
      items: { uses: number; type: string }[];
    }>();
    expect(items.map(({ type, uses }) => [type, uses]).sort()).toEqual([
      ["audio/wav", 2],
      ["image/png", 1],
    ]);
  });
});

describe("a judgement of pictures", () => {
  it("is exported with what was shown, comes back by it, and teaches no trainer of texts", async () => {
    const { id, refs } = await withFiles("export");
    const rows = [{ prompt: "Which is warmer?", media: ["tone.wav"], completions: ["red.png", "blue.png"] }];
    await importFile(admin, id, prompts, rows);
    const [task] = await claim(id);
    if (!task) throw new Error("no task");
    expect(task.prompt.messages).toEqual([{ role: "user", content: "Which is warmer?", media: [refs.tone] }]);
    const shown = task.completions.map(({ media }) => media?.[0]);
    // A name may be that of the model which made the answer.
    expect(shown.map((one) => one?.name)).toEqual(["image.png", "image.png"]);
    const answer = { choice: "graded", step: shown[0]?.id === refs.red?.id ? 1 : 7 };
    const sent = await admin.send("POST", "/api/judgements", { ...submissionFor(task), answer });
    expect(sent.statusCode).toBe(201);
    const { judgementId } = sent.json<{ judgementId: string }>();
    const view = (await admin.send("GET", `/api/judgements/${judgementId}`)).json<{ completions: object[] }>();
    expect(view.completions).toContainEqual(expect.objectContaining({ text: null, media: [refs.red] }));

    const path = (ref: MediaRef | undefined) => ({ ...ref, path: `/api/media/${ref?.id}` });
    const [row] = await exportRows(admin, id, "trl-preference");
    expect(row).toMatchObject({
      prompt: [{ role: "user", content: "Which is warmer?", media: [path(refs.tone)] }],
      chosen: [{ role: "assistant", content: "", media: [path(refs.red)] }],
      rejected: [{ role: "assistant", content: "", media: [path(refs.blue)] }],
    });
    const [raw] = await exportRows(admin, id, "judgements");
    expect(raw?.completions).toContainEqual(expect.objectContaining({ text: null, media: [path(refs.blue)] }));
    expect(await exportRows(admin, id, "sft-messages")).toMatchObject([
      { messages: [{}, { role: "assistant", content: "", media: [path(refs.red)] }] },
    ]);
    const counts = (await admin.send("GET", `/api/projects/${id}/exports/counts`)).json<{
      rows: object;
      withoutText: number;
    }>();
    expect(counts).toMatchObject({ withoutText: 0, rows: { "trl-preference": 1, "sft-messages": 1, judgements: 1 } });

    // Into another project that has the files: found by their content, whatever they are called there.
    const other = await newProject(admin, "export, again", 1);
    for (const [name, file] of [
      ["r.png", red],
      ["b.png", blue],
      ["t.wav", tone],
    ] as const) {
      await keptMedia(admin, other, name, file);
    }
    for (const format of ["trl-preference", "judgements"]) {
      const exported = await exportRows(admin, id, format);
      const back = await importFile(
        admin,
        other,
        { format },
        exported.filter(({ kind }) => kind !== "skip"),
      );
      expect([format, back.statusCode]).toEqual([format, 201]);
    }
    const [copied] = await exportRows(admin, other, "trl-preference");
    expect(copied).toMatchObject({ chosen: [{ media: [{ name: "r.png", sha256: refs.red?.sha256 }] }] });

    const policy = await api.server.database.modelVersion.create({
      data: {
        workspaceId: (await api.server.database.project.findUniqueOrThrow({ where: { id } })).workspaceId,
        ...{ kind: "policy", name: "P", files: [], sha256: "", parameters: 1, spec: {} },
      },
    });
    const run = {
      kind: "reward",
      policy: { modelVersionId: policy.id },
      spec: { trainer: "reward", minimumLabels: 1 },
    };
    const refusal = await admin.send("POST", `/api/projects/${id}/runs`, run);
    expect(refusal.json()).toMatchObject({ code: "too_few_labels", values: { labels: 0 } });
  });

  it("keeps its files from being deleted; the undo of an import takes those that nothing else shows", async () => {
    const { id, refs } = await withFiles("undo");
    const used = [{ prompt: "Which?", completions: ["red.png", "blue.png"] }];
    const shared = [{ prompt: "And this?", completions: ["blue.png", "No."] }];
    const first = importId(await importFile(admin, id, prompts, used));
    await importFile(admin, id, prompts, shared);
    const refused = await admin.send("DELETE", `/api/media/${refs.red?.id}`);
    expect([refused.statusCode, refused.json<Problem>().reason]).toEqual([409, "mediaInUse"]);
    const undone = await admin.send("DELETE", `/api/imports/${first}`);
    expect(undone.json<UndoImportResult>()).toMatchObject({ prompts: 1, completions: 2, media: 1 });
    expect((await admin.send("GET", `/api/media/${refs.red?.id}`)).statusCode).toBe(404);
    expect((await admin.send("GET", `/api/media/${refs.blue?.id}`)).statusCode).toBe(200);
    const left = filesOnDisk().filter(({ parentPath }) => parentPath.includes(id));
    expect(left.map(({ name }) => name).sort()).toEqual([refs.blue?.sha256, refs.tone?.sha256].sort());
  });
});

describe.skipIf(!hasReferenceData)("published pictures and sounds", () => {
  it("are what they are said to be, and come out of judgements byte for byte as they went in", async () => {
    const id = await newProject(admin, "published", 1);
    const names = readdirSync(referenceFile("media")).sort();
    const [pictures, sounds] = [/\.webp$/, /\.oga$/].map((ending) => names.filter((name) => ending.test(name)));
    const refs = new Map<string, MediaRef>();
    for (const name of names)
      refs.set(name, await keptMedia(admin, id, name, readFileSync(referenceFile(`media/${name}`))));
    for (const ref of refs.values()) {
      if (ref.kind === "image") expect(ref).toMatchObject({ type: "image/webp", width: expect.any(Number) });
      else expect(ref).toMatchObject({ type: "audio/ogg", seconds: expect.any(Number) });
    }
    const prompt = "a painting of an ocean with clouds and birds, day time, low depth field effect";
    const rows = [
      { prompt, completions: pictures },
      { prompt: "Which of these says that something is done?", completions: sounds },
    ];
    expect((await importFile(admin, id, prompts, rows)).json()).toMatchObject({ tasks: 7 });
    const clicked: string[] = [];
    for (let tasks = await claim(id); tasks.length > 0; tasks = await claim(id)) {
      for (const task of tasks) {
        const step = 1 + (clicked.length % 3);
        await admin.send("POST", "/api/judgements", { ...submissionFor(task), answer: { choice: "graded", step } });
        clicked.push(`${task.completions.map(({ media }) => media?.[0]?.sha256).join(" > ")} by ${4 - step}`);
      }
    }
    const exported = await exportRows(admin, id, "trl-preference");
    const shaOf = (side: unknown) => Side.parse(side)[0]?.media[0]?.sha256;
    expect(
      exported
        .map((row) => `${shaOf(row.chosen)} > ${shaOf(row.rejected)} by ${Math.round(Number(row.margin) * 3)}`)
        .sort(),
    ).toEqual(clicked.sort());
    for (const [name, ref] of refs) {
      const { rawPayload } = await admin.send("GET", `/api/media/${ref.id}`);
      expect(rawPayload.equals(readFileSync(referenceFile(`media/${name}`))), name).toBe(true);
    }
  });
});
