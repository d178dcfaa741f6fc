import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import {
  type ExportFit,
  ExportFormat,
  type LabelSetDetails,
  type RowLengths,
  ShapedFormat,
} from "@touchstone/contracts";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let projectId: string;

beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  projectId = await newProject(admin, "shaped");
  const votes = (...said: string[]) => said.map((value, index) => ({ who: `w${index}`, said: value }));
  const row = (q: string, said: string[]) => ({
    ...{ q, votes: votes(...said) },
    ...{ a: { id: "1", text: `=${q} A` }, b: { id: "2", text: `${q}, B` } },
  });
  const mapping = JSON.stringify({
    ...{ prompt: "q", aId: "a.id", bId: "b.id", a: "a.text", b: "b.text" },
    votes: { list: "votes", annotator: "who", value: "said" },
    values: { a: ["a"], b: ["b"], tie: ["tie"], bothBad: ["bad"], grades: {} },
  });
  const imported = await importFile(admin, projectId, { format: "columns", mapping }, [
    row("clear", ["a", "a", "b"]),
    row("even", ["a", "b"]),
    row("ties", ["tie", "tie", "a"]),
    row("bad", ["bad"]),
    row("held out", ["b"]),
    row("marked\n\nHuman: and", ["a"]),
  ]);
  expect(imported.statusCode).toBe(201);
  const ratings = JSON.stringify({ prompt: "q", completion: "c", score: "s", annotator: "by" });
  await importFile(admin, projectId, { format: "columns", mapping: ratings, question: "rating" }, [
    { q: "rated", c: "fine", s: 5, by: "w0" },
    { q: "rated", c: "so so", s: 3, by: "w0" },
  ]);
});
afterAll(() => api.close());

async function exported(query: string) {
  const answer = await admin.send("GET", `/api/projects/${projectId}/exports?${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return answer;
}

const linesOf = (body: string): Record<string, unknown>[] =>
  body.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

async function fitOf(query: string): Promise<ExportFit> {
  const answer = await admin.send("GET", `/api/projects/${projectId}/exports/fit?${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return answer.json<ExportFit>();
}

it("says of each shape before what it holds, and writes just that, each row with where it came from", async () => {
  for (const format of ShapedFormat.options) {
    const told = await fitOf(`format=${format}`);
    const answer = await exported(`format=${format}`);
    const rows: unknown[] = format === "label-studio" ? answer.json() : linesOf(answer.body);
    expect([format, rows.length]).toEqual([format, told.rows]);
    expect(told.rows).toBeGreaterThan(0);
    const sum = told.leftOut.reduce((all, { count }) => all + count, 0);
    expect(String(answer.headers["left-out-of-format"]).split(";")[0]).toBe(String(sum));
    const sidecar = linesOf((await exported(`format=${format}&part=sidecar`)).body);
    expect(sidecar.map(({ line }) => line)).toEqual(rows.map((_, place) => place + 1));
    expect(sidecar.every(({ prompt_id }) => typeof prompt_id === "string")).toBe(true);
  }
  expect((await fitOf("format=hh")).leftOut).toEqual(
    expect.arrayContaining([
      { reason: "tie", count: 3 },
      { reason: "markers", count: 1 },
      { reason: "otherKind", count: 2 },
    ]),
  );
  expect(await fitOf("format=kto-ratings")).toMatchObject({ rows: 1 });
});

it("puts votes together by majority, and says of which they were even, tied or of two minds", async () => {
  const told = await fitOf("format=openrlhf&aggregation=majority");
  expect(told).toMatchObject({ rows: 3, contradicted: 1 });
  expect(told.leftOut).toEqual(
    expect.arrayContaining([
      { reason: "evenVotes", count: 1 },
      { reason: "tie", count: 2 },
    ]),
  );
  const rows = linesOf((await exported("format=trl-preference&aggregation=soft")).body);
  expect(rows).toHaveLength(6);
  const ofPrompt = (words: string) => rows.find(({ prompt }) => JSON.stringify(prompt).includes(words));
  expect(ofPrompt("clear")).toMatchObject({ votes_chosen: 2, votes_rejected: 1, votes: 3, share: 2 / 3 });
  expect(ofPrompt("even")).toMatchObject({ share: 0.5 });
  expect(ofPrompt("bad")).toMatchObject({ share: 0.5, votes_both_bad: 1 });
});

it("says before of each format how many rows are longer than a trainer takes, by split, and the card of a folder says it too", async () => {
  const lengthsOf = async (query: string) =>
    (await admin.send("GET", `/api/projects/${projectId}/exports/lengths?${query}`)).json<RowLengths>();
  for (const format of ExportFormat.options) {
    const rows = (await lengthsOf(`format=${format}&tokens=10000000`)).rows;
    const { body, headers } = await exported(`format=${format}&tokens=4`);
    const written: unknown[] = format === "label-studio" ? JSON.parse(body) : linesOf(body);
    expect([format, rows]).toEqual([format, written.length]);
    const told = await lengthsOf(`format=${format}&tokens=4`);
    expect(told.splits.reduce((sum, { longer }) => sum + longer, 0)).toBe(told.longer);
    const inWords = [told.longer, ...told.splits.map(({ split, longer }) => `${split}=${longer}`)].join("; ");
    expect([format, headers["longer-than-tokens"]]).toEqual([format, inWords]);
  }
  // "held out" and "=held out A" are 19 bytes, so 5 tokens; "even" and "=even A" are 11, "marked…" more than any.
  expect(await lengthsOf("format=openrlhf&tokens=5")).toMatchObject({ rows: 8, longer: 1 });
  const folder = await exported("format=openrlhf&container=folder&tokens=7");
  expect(folder.rawPayload.toString("latin1")).toContain("| Split | Longest row | Over 7 | Over 512 |");
});

it("writes the same rows as CSV, as Parquet and compressed", async () => {
  const rows = linesOf((await exported("format=trl-preference")).body);
  const packed = await exported("format=trl-preference&compression=gzip");
  expect(packed.headers["content-disposition"]).toMatch(/\.jsonl\.gz"/);
  expect(linesOf(gunzipSync(packed.rawPayload).toString())).toEqual(rows);
  const table: Record<string, string>[] = parse((await exported("format=trl-preference&container=csv")).body, {
    columns: true,
  });
  expect(table.map(({ label_id }) => label_id)).toEqual(rows.map(({ label_id }) => label_id));
  const file = await exported("format=trl-preference&container=parquet");
  expect(file.headers["content-type"]).toBe("application/vnd.apache.parquet");
  const read = await parquetReadObjects({ file: new Uint8Array(file.rawPayload).buffer });
  expect(read.map(({ label_id, margin }) => [label_id, margin])).toEqual(
    rows.map(({ label_id, margin }) => [label_id, margin]),
  );
  for (const format of ["ratings", "judgements", "sft-messages", "stepwise"]) {
    const lines = linesOf((await exported(`format=${format}`)).body);
    const { rawPayload } = await exported(`format=${format}&container=parquet`);
    expect(await parquetReadObjects({ file: new Uint8Array(rawPayload).buffer })).toHaveLength(lines.length);
  }
});

it("gives a folder with a file for each split, a card, and hashes that are right", async () => {
  const answer = await exported("format=llama-factory-alpaca&container=folder&license=cc-by-4.0");
  const files = unzipped(answer.rawPayload);
  expect(Object.keys(files).sort()).toEqual([
    ...["README.md", "data/train.jsonl", "data/validation.jsonl", "dataset_info.json", "manifest.sha256"],
    ...["provenance/train.jsonl", "provenance/validation.jsonl"],
  ]);
  const card = files["README.md"]?.toString() ?? "";
  for (const said of [
    "license: cc-by-4.0",
    "path: data/validation.jsonl",
    "> Say which is better.",
    "| imported | 3 |",
    "`tie`: 3",
  ]) {
    expect(card).toContain(said);
  }
  for (const line of files["manifest.sha256"]?.toString().trim().split("\n") ?? []) {
    const [hash, path = ""] = line.split("  ");
    expect([
      path,
      createHash("sha256")
        .update(files[path] ?? "")
        .digest("hex"),
    ]).toEqual([path, hash]);
  }
  expect(JSON.parse(files["dataset_info.json"]?.toString() ?? "")).toMatchObject({
    touchstone_validation: { file_name: "data/validation.jsonl" },
  });
  const set = String(answer.headers["label-set-id"]);
  const again = await admin.send("GET", `/api/label-sets/${set}/export?format=openrlhf&container=folder`);
  expect(Object.keys(unzipped(again.rawPayload))).toContain("data/train-00000-of-00001.parquet");
  // What people agree on is said of this very set, on its page as on its card, whatever is judged after it was frozen.
  const { agreement } = (await admin.send("GET", `/api/label-sets/${set}`)).json<LabelSetDetails>();
  const alpha = agreement.find(({ kind }) => kind === "preference")?.alpha;
  const [value, low, high] = [alpha?.value, alpha?.low, alpha?.high].map((one) => one?.toFixed(2));
  expect(card).toContain(`α ${value} (95 % ${low} to ${high})`);
  const late = ["w0", "w1"].map((annotator) => ({ prompt: "late", chosen: "yes", rejected: "no", annotator }));
  const imported = await importFile(admin, projectId, { format: "trl-preference" }, late);
  expect(imported.statusCode, imported.body).toBe(201);
  const later = (await admin.send("GET", `/api/label-sets/${set}`)).json<LabelSetDetails>();
  expect(later.agreement).toEqual(agreement);
});

/** The names and bytes of the files in a zip, by its central directory (APPNOTE 4.3.12); none of them is compressed. */
function unzipped(zip: Buffer): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, header] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const [named, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    files[zip.toString("utf8", at + 46, at + 46 + Number(named))] = zip.subarray(start, start + size);
    at += 46 + Number(named) + Number(extra) + Number(comment);
  }
  return files;
}

it.each([
  ["format=ratings&aggregation=majority", "aggregation", "aggregatedPairs"],
  ["format=hh&aggregation=soft", "aggregation", "softShare"],
  ["format=hh&margin=true", "margin", "marginUnread"],
  ["format=judgements&part=sidecar", "part", "sidecarOfShapes"],
  ["format=hh&part=dataset-info", "part", "datasetInfoOfLlamaFactory"],
  ["format=hh&container=parquet&compression=gzip", "compression", "compressedAlready"],
  ["format=hh&license=mit", "license", "licenseOfFolders"],
])("refuses what does not fit together, and says which: %s", async (query, path, reason) => {
  const answer = await admin.send("GET", `/api/projects/${projectId}/exports?${query}`);
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ reason, path });
});
