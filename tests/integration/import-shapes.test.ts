import {
  type ImportReceipt,
  type ImportView,
  type LeasedTask,
  PreferenceAnswer,
  RankingAnswer,
  ShapedFormat,
  shapeRules,
} from "@touchstone/contracts";
import { outcomeOf } from "@touchstone/labeling";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { parquetOf } from "../../packages/datasets/src/read/parquet.fixture.ts";
import { zipOf } from "../../packages/datasets/src/read/zip.fixture.ts";
import { readImport } from "../../packages/datasets/src/read-import.ts";
import { makeReceipt } from "../../packages/datasets/src/recognise/make-receipt.ts";
import { type Sample, samples } from "../../packages/datasets/src/shapes/samples.fixture.ts";
import { anyAnswers } from "../harness/any-answer.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { sendAnswers } from "../harness/asked-project.ts";
import { exportRows, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

/** Sends a file as a person does who agrees to whatever the receipt says of it. */
async function importAsRead(projectId: string, file: Buffer | readonly object[]) {
  const receipt = (await receiptOf(admin, projectId, {}, file)).json<ImportReceipt>();
  const { format, question, mapping, digest } = receipt;
  const query = { format, question, receipt: digest, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
  const response = await importUnseen(admin, projectId, query, file);
  if (response.statusCode !== 201) throw new Error(response.body);
  return { receipt, imported: response.json<ImportView>() };
}

const RawRow = z.object({
  prompt: z.array(z.object({ role: z.string(), content: z.string() })),
  answers: z.record(z.string(), z.unknown()),
  shown_order: z.array(z.number().int()),
  completions: z.array(z.object({ text: z.string().nullable() })),
});
type RawRow = z.infer<typeof RawRow>;

/** What was said of each answer by its text, wherever it stood. */
function ranksByText(row: Record<string, unknown>) {
  return Object.fromEntries(ranksByTextIn(RawRow.parse(row)));
}

/** Each answer with the rank that a ranking or a preference gave it. */
function ranksByTextIn(row: RawRow | undefined): [string, number | null][] {
  const texts = (row?.shown_order ?? []).map((index) => row?.completions[index]?.text ?? "");
  const [given] = Object.values(row?.answers ?? {});
  const ranking = RankingAnswer.safeParse(given);
  const ranks = ranking.success ? ranking.data.ranks : ranksOfVote(outcomeShown(given));
  return texts.map((text, place) => [text, ranks[place] ?? null]);
}

/** Above 0 where the first answer shown is the better one. */
function outcomeShown(answer: unknown): number {
  const preference = PreferenceAnswer.safeParse(answer);
  return preference.success ? outcomeOf(preference.data, [0, 1]) : 0;
}

const ranksOfVote = (outcome = 0) => (outcome === 0 ? [1, 1] : [outcome > 0 ? 1 : 2, outcome > 0 ? 2 : 1]);

/** Ranks by text, from 1 without gaps. */
function orderOf(ranks: readonly (readonly [string, number | null])[]) {
  const places = [...new Set(ranks.flatMap(([, rank]) => (rank === null ? [] : [rank])))].sort((a, b) => a - b);
  return Object.fromEntries(ranks.map(([text, rank]) => [text, rank === null ? null : places.indexOf(rank) + 1]));
}

/** All pairs of answers of which one was preferred, the better one first. */
function preferencesIn(row: RawRow | undefined): [string, string][] {
  const ranks = ranksByTextIn(row).map(([text, rank]) => [text, rank ?? Number.POSITIVE_INFINITY] as const);
  return ranks.flatMap(([better, above]) =>
    ranks.flatMap(([worse, below]): [string, string][] => (above < below ? [[better, worse]] : [])),
  );
}

function asOneText(row: RawRow | undefined): string {
  const [only, ...more] = row?.prompt ?? [];
  if (more.length === 0) return only?.content ?? "";
  return turnsOf(row?.prompt ?? []).join("\n\n");
}

const linesOf = (body: Buffer): Record<string, unknown>[] =>
  body
    .toString()
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

const saidIn = ({ yields }: Sample): number =>
  yields.reduce((sum: number, row) => sum + ("said" in row && Array.isArray(row.said) ? row.said.length : 0), 0);

/**
 * The rows of a sample with its name after each of its questions, so that no two samples ask the same, and all can lie in one
 * project.
 */
function apart({ name, rows, yields }: Sample): object[] {
  let text = JSON.stringify(rows);
  const asked = z
    .array(z.object({ prompt: z.array(z.string()) }))
    .parse(yields)
    .flatMap(({ prompt }) => prompt);
  const questions = asked.flatMap((turn) => /^user: (.+)/.exec(turn)?.[1] ?? []);
  for (const question of new Set(questions)) {
    const [plain, named] = [question, `${question} [${name}]`].map((one) => JSON.stringify(one).slice(1, -1));
    text = text.replaceAll(`"${plain}"`, `"${named}"`).replaceAll(`Human: ${plain}\\n`, `Human: ${named}\\n`);
  }
  return JSON.parse(text);
}

type ReadRow = Awaited<ReturnType<typeof readBack>>[number];

const turnsOf = (turns: readonly { role: string; content: string }[]) =>
  turns.map(({ role, content }) => `${role}: ${content}`);

/** What a row says, without ids and names. */
const saidBy = ({ prompt, completions, votes, ratings, judgements = [] }: ReadRow) => ({
  prompt: turnsOf(prompt),
  answers: completions.map(({ text }) => text),
  said: [
    ...votes.map(({ outcome, bothBad = false }) => ({ outcome, bothBad })),
    ...ratings.map(({ completion, score }) => ({ completion, score })),
    ...judgements.map(({ questionnaire, answer }) => ({ questionnaire, answer })),
  ],
});

/** The rows of a file that is recognised by itself. */
async function readBack(bytes: Buffer) {
  async function* read() {
    yield bytes;
  }
  const { source } = await makeReceipt({ read, sha256: "" }, { source: null, asked: null, overlap: 1 });
  const rows = [];
  for await (const row of readImport(read(), source, { leaveOut: true })) rows.push(row);
  return rows;
}

describe("all published shapes in one project", () => {
  let projectId: string;
  let judged = 0;
  const imports = new Map<string, Awaited<ReturnType<typeof importAsRead>>>();
  const raw = new Map<string, RawRow>();
  beforeAll(async () => {
    projectId = await newProject(admin, "Shapes", 6);
    await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
    for (const sample of samples) imports.set(sample.name, await importAsRead(projectId, apart(sample)));
  });

  it.each(samples)("are imported with all their judgements: $name", async (sample) => {
    const { receipt, imported } = imports.get(sample.name) ?? {};
    expect(receipt?.reason).toBe(sample.reason);
    expect(imported).toMatchObject({ judgements: saidIn(sample), duplicates: 0 });
    // A cast of each kind: a ranking, aspects, a tree.
    if (!["Nectar", "UltraFeedback, raw", "OpenAssistant, a tree"].includes(sample.name)) return;
    const again = await importAsRead(projectId, apart(sample));
    expect(again.imported).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
  });

  it("are judged there, task by task", async () => {
    for (;;) {
      const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
      expect(claimed.statusCode, claimed.body).toBe(200);
      const { tasks } = claimed.json<{ tasks: LeasedTask[] }>();
      if (tasks.length === 0) break;
      for (const task of tasks) {
        expect(await sendAnswers(admin, task, anyAnswers(task))).toMatchObject({ status: 201 });
        judged += 1;
      }
    }
    const rows = await exportRows(admin, projectId, "judgements");
    for (const row of rows) raw.set(String(row.label_id), RawRow.parse(row));
    const brought = samples.reduce((sum, sample) => sum + saidIn(sample), 0);
    expect(judged).toBeGreaterThan(30);
    expect(raw.size).toBe(brought + judged);
  });

  const exported = async (query: string) => {
    const answer = await admin.send("GET", `/api/projects/${projectId}/exports?${query}`);
    expect([query, answer.statusCode]).toEqual([query, 200]);
    return answer.rawPayload;
  };

  const ofPairs = ShapedFormat.options.filter((format) => shapeRules[format].pairs);
  it.each([...ofPairs, "label-studio" as const])(
    "come out again as what was judged, and are read back so: %s",
    async (format) => {
      const sidecar = linesOf(await exported(`format=${format}&part=sidecar`));
      const rows = await readBack(await exported(`format=${format}`));
      expect(rows.length).toBeGreaterThan(30);
      expect(rows.length).toBe(sidecar.length);
      for (const [place, row] of rows.entries()) {
        const where = z.looseObject({ label_id: z.string() }).parse(sidecar[place]);
        // A pair of a ranking is named after it.
        const was = raw.get(where.label_id.split("/")[0] ?? "");
        const said = saidBy(row);
        const [first, second] = said.answers;
        const [vote] = row.votes;
        const [better, worse] = (vote?.outcome ?? 0) > 0 ? [first, second] : [second, first];
        // Label Studio has one text for what was asked, the roles of several turns within it.
        const prompt = format === "label-studio" ? row.prompt.map(({ content }) => content) : said.prompt;
        expect([place, prompt]).toEqual([
          place,
          format === "label-studio" ? [asOneText(was)] : turnsOf(was?.prompt ?? []),
        ]);
        expect([place, ...preferencesIn(was)]).toContainEqual([better, worse]);
      }
    },
  );

  it("come out as rankings whole, with ties and what has no rank", async () => {
    const file = await exported("format=rankings");
    const rows = await readBack(file);
    const lines = linesOf(file);
    expect(rows.length).toBe(lines.length);
    for (const [place, row] of rows.entries()) {
      const was = raw.get(String(lines[place]?.label_id));
      expect(saidBy(row).prompt).toEqual(turnsOf(was?.prompt ?? []));
      const ranks = row.judgements?.[0]
        ? RankingAnswer.parse(row.judgements[0].answer).ranks
        : ranksOfVote(row.votes[0]?.outcome);
      const read = orderOf(row.completions.map(({ text }, index) => [text ?? "", ranks[index] ?? null]));
      expect(read).toEqual(orderOf(ranksByTextIn(was)));
    }
  });

  it.each(["kto-ratings", "kto-pairs", "prompt-only", "verl"])(
    "come out as %s, and are read back so",
    async (format) => {
      const lines = linesOf(await exported(`format=${format}`));
      const rows = await readBack(await exported(`format=${format}`));
      expect(rows.length).toBe(lines.length);
      expect(rows.length).toBeGreaterThan(0);
      const Row = z.looseObject({
        prompt: z.array(z.object({ role: z.string(), content: z.string() })),
        completion: z.array(z.object({ content: z.string() })).optional(),
        label: z.boolean().optional(),
      });
      expect(rows.map(saidBy)).toEqual(
        lines.map((line) => {
          const { prompt, completion, label } = Row.parse(line);
          const answer = { chosen: [label ? "good" : "bad"] };
          return {
            prompt: turnsOf(prompt),
            answers: completion?.map(({ content }) => content) ?? [],
            said: label === undefined ? [] : [{ questionnaire: "good-or-bad", answer }],
          };
        }),
      );
    },
  );

  const own = ["judgements", "trl-preference", "ratings", "sft-messages", "stepwise"];
  it.each([...own, ...Object.keys(shapeRules)])("are read back alike from every container: %s", async (format) => {
    const rows = (await readBack(await exported(`format=${format}`))).map(saidBy);
    expect(rows.length).toBeGreaterThan(0);
    for (const query of ["container=csv", "container=parquet", "container=folder"]) {
      const read = (await readBack(await exported(`format=${format}&${query}`))).map(saidBy);
      // A folder has its rows by their splits.
      const order = (list: typeof rows) => list.map((one) => JSON.stringify(one)).toSorted();
      expect([query, order(read)]).toEqual([query, order(rows)]);
    }
  });

  it("are imported anew from an export of theirs: a table, whose apostrophes are told", async () => {
    const elsewhere = await newProject(admin, "Anew", 1);
    const first = await importAsRead(elsewhere, [{ prompt: "=1+1", chosen: "'=A", rejected: "-B" }]);
    expect(first.imported).toMatchObject({ judgements: 1 });
    const answer = await admin.send("GET", `/api/projects/${elsewhere}/exports?format=hh&container=csv`);
    expect(answer.body).not.toMatch(/(^|,)[=+@-]/m);
    const table = await admin.send(
      "GET",
      `/api/projects/${elsewhere}/exports?format=llama-factory-alpaca&container=csv`,
    );
    const again = await importAsRead(await newProject(admin, "Again", 1), table.rawPayload);
    expect(again.receipt.warnings).toMatchObject([
      { code: "apostrophes", weight: "note", values: { count: 3 }, lines: [2] },
    ]);
    expect(again.receipt.preview).toMatchObject([
      { prompt: [{ content: "=1+1" }], answers: [{ text: "'=A" }, { text: "-B" }] },
    ]);
    expect(again.imported).toMatchObject({ judgements: 1 });
  });
});

describe("a published shape through the API", () => {
  it("keeps each ranking of the same answers by what it says, in whatever order they stood", async () => {
    const projectId = await newProject(admin, "Rankings", 1);
    await importAsRead(projectId, [
      { prompt: "p", responses: ["A", "B", "C"], ranks: [1, 2, 3], annotator: "ann" },
      { prompt: "p", responses: ["C", "A", "B"], ranks: [3, 1, 1], annotator: "bob" },
    ]);
    const { imported } = await importAsRead(projectId, [
      { prompt: "p", responses: ["B", "C", "A"], ranks: [2, 2, 1], annotator: "cid" },
    ]);
    expect(imported).toMatchObject({ tasks: 0, judgements: 1 });
    const rows = await exportRows(admin, projectId, "judgements");
    const said = rows.map(ranksByText);
    expect(said).toHaveLength(3);
    expect(said).toEqual(
      expect.arrayContaining([
        { A: 1, B: 2, C: 3 },
        { A: 1, B: 1, C: 2 },
        { A: 1, B: 2, C: 2 },
      ]),
    );
  });

  it("is imported from a zip of a Hugging Face folder of Parquet, each row in its split", async () => {
    const projectId = await newProject(admin, "Folder", 1);
    const bytes = (prompt: string) =>
      parquetOf({ prompt: [prompt], chosen: [`${prompt} better`], rejected: [`${prompt} worse`] });
    const { receipt, imported } = await importAsRead(
      projectId,
      zipOf([
        { name: "README.md", bytes: Buffer.from("A card") },
        { name: "data/train-00000-of-00001.parquet", bytes: bytes("one") },
        { name: "data/test-00000-of-00001.parquet", bytes: bytes("two") },
      ]),
    );
    expect(receipt).toMatchObject({ format: "trl-preference", counts: { rows: 2, votes: 2, badRows: 0 } });
    expect(imported).toMatchObject({ judgements: 2, prompts: 2 });
    const rows = await exportRows(admin, projectId, "trl-preference");
    expect(rows.map(({ split }) => split).toSorted()).toEqual(["test", "train"]);
  });
});
