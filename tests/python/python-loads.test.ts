import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExportFormat } from "@touchstone/contracts";
import { afterAll, beforeAll, expect } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { asked as askedOf, withEnvironment } from "./environments.ts";

let api: TestApi;
let admin: Visitor;
let folder: string;
const counts = new Map<string, number>();

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  folder = mkdtempSync(join(tmpdir(), "touchstone-exports-"));
  const projectId = await newProject(admin, "Exports", 1);
  const words = ["Why?", "天空是什么颜色？", "مرحبا", "🙂", "=1+1", "2026-01-31", "007", 'He said "so"\r\nand went.'];
  const pairs = words.map((word, place) => ({
    ...{ prompt: `${word} (${place})`, chosen: `${word} – yes`, rejected: `${word} – no`, margin: (place % 3) + 1 },
  }));
  const talk = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Why?" },
    { role: "assistant", content: "So." },
    { role: "user", content: "And?" },
  ];
  const turn = (content: string) => [{ role: "assistant", content }];
  await importFile(admin, projectId, { format: "trl-preference" }, pairs);
  await importFile(admin, projectId, { format: "trl-preference" }, [
    { prompt: talk, chosen: turn("Then it ends."), rejected: turn("No.") },
  ]);
  // Columns that are kept, of one type or of several, in some rows and not in others.
  const kept = [{ area: "law", level: 1 }, { area: 7, tags: ["a", "b"] }, { area: { of: "law" }, level: "two" }, {}];
  const ratings = words.map((word, place) => ({
    ...{ q: `${word} rated`, c: `${word} – said`, s: place % 2 === 0 ? 5 : 1 },
    ...kept[place % kept.length],
  }));
  const metadata = ["area", "level", "tags"];
  const mapping = JSON.stringify({ prompt: "q", completion: "c", score: "s", metadata });
  const brought = await importFile(admin, projectId, { format: "columns", mapping, question: "rating" }, ratings);
  expect(brought.statusCode, brought.body).toBeLessThan(300);
  const chosen = words.map((word, place) => ({
    ...{ q: `${word} kept`, a: `${word} – yes`, b: `${word} – no` },
    ...kept[place % kept.length],
  }));
  const voted = JSON.stringify({ prompt: "q", a: "a", b: "b", winner: "a", metadata });
  const votes = await importFile(admin, projectId, { format: "columns", mapping: voted }, chosen);
  expect(votes.statusCode, votes.body).toBeLessThan(300);
  const steps = { prompt: "2 + 3 · 4?", completions: ["3 · 4 is 12.", "2 + 12 is 14."], labels: [true, true] };
  await importFile(admin, projectId, { format: "stepwise" }, [steps]);
  const save = async (query: string, name: string) => {
    const answer = await admin.send("GET", `/api/projects/${projectId}/exports?${query}`);
    expect([query, answer.statusCode]).toEqual([query, 200]);
    writeFileSync(join(folder, name), answer.rawPayload);
    return answer.body;
  };
  for (const format of ExportFormat.options) {
    const body = await save(`format=${format}`, `${format}.${format === "label-studio" ? "json" : "jsonl"}`);
    counts.set(format, format === "label-studio" ? JSON.parse(body).length : body.split("\n").length - 1);
    for (const container of ["csv", "parquet"])
      await save(`format=${format}&container=${container}`, `${format}.${container}`);
  }
  await save("format=trl-preference-plain&margin=true", "trl-preference-margin.jsonl");
  for (const format of ["llama-factory-alpaca", "llama-factory-sharegpt"]) {
    mkdirSync(join(folder, `${format}-set`));
    const info = await admin.send("GET", `/api/projects/${projectId}/exports?format=${format}&part=dataset-info`);
    const [described] = Object.values(info.json<Record<string, object>>());
    const own = { exported: { ...described, file_name: "exported.jsonl" } };
    writeFileSync(join(folder, `${format}-set`, "dataset_info.json"), JSON.stringify(own));
    await save(`format=${format}`, join(`${format}-set`, "exported.jsonl"));
  }
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = (environment: string, script: string, args: readonly string[]) =>
  askedOf(environment, script, args, { HF_HUB_OFFLINE: "1", HF_HOME: join(folder, "hf") });

withEnvironment("trl")("every export is loaded by datasets, from every kind of file, with all its rows", async () => {
  const files = ExportFormat.options.flatMap((format) => {
    const kinds = [format === "label-studio" ? "json" : "jsonl", "csv", "parquet"];
    return kinds.map((kind) => ({ path: join(folder, `${format}.${kind}`), rows: counts.get(format) ?? 0 }));
  });
  const loaded = await asked(
    "trl",
    "load_with_datasets.py",
    files.map(({ path }) => path),
  );
  expect(files.every(({ rows }) => rows > 0)).toBe(true);
  expect(loaded).toMatchObject(Object.fromEntries(files.map(({ path, rows }) => [path, { rows }])));
  // Columns that were kept are among them, whatever stood in these.
  const keeping = files.filter(({ path }) => /\/(judgements|trl-preference|ratings|rankings)\.\w+$/.test(path));
  const withKept = expect.objectContaining({ columns: expect.arrayContaining(["metadata"]) });
  expect(loaded).toMatchObject(Object.fromEntries(keeping.map(({ path }) => [path, withKept])));
  expect(keeping).toHaveLength(12);
});

withEnvironment("trl")(
  "one step of TRL's own trainers is made on the exports for it: SFT, DPO, KTO, Reward",
  async () => {
    const losses = Object.entries((await asked("trl", "step_with_trl.py", [folder])) as Record<string, number>);
    expect(losses).toHaveLength(7);
    for (const [name, loss] of losses) expect([name, Number.isFinite(loss)]).toEqual([name, true]);
  },
);

withEnvironment("llama-factory").each(["llama-factory-alpaca", "llama-factory-sharegpt"])(
  "LLaMA-Factory's own loader takes each row by its dataset_info.json: %s",
  async (format) => {
    const aligned = await asked("llama-factory", "load_with_llama_factory.py", [
      join(folder, `${format}-set`),
      "exported",
    ]);
    expect(aligned).toMatchObject({ exported: { rows: counts.get(format) } });
    const { exported } = aligned as {
      exported: Record<"prompts" | "responses", { content: string }[][]> & { systems: string[] };
    };
    expect(exported.responses.every((both) => both.length === 2)).toBe(true);
    expect(exported.systems).toContain("Be brief.");
    expect(exported.prompts.find((turns) => turns.length === 3)?.map(({ content }) => content)).toEqual([
      "Why?",
      "So.",
      "And?",
    ]);
  },
);

withEnvironment("ms-swift")("ms-swift's own loader takes each row", async () => {
  const path = join(folder, "ms-swift.jsonl");
  expect(await asked("ms-swift", "load_with_swift.py", [path])).toMatchObject({
    [path]: { rows: counts.get("ms-swift") },
  });
});
