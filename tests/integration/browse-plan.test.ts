import type { ItemFilter } from "@touchstone/contracts";
import { countItems, listItems, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsableProject, every } from "../harness/browsable-project.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import type { LabellingProject } from "../harness/labelling-project.ts";
import { plansOf } from "../harness/plans-of.ts";

/** Three judgements each; `npm run bench -- browse` asks the same of a million. */
const tasks = 40_000;
let database: TestDatabase;
let open: OpenDatabase;
let project: LabellingProject;
beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url);
  project = await browsableProject(open.db, tasks);
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const nobody = "00000000-0000-7000-8000-000000000000";
const person = (place: number) => project.annotators[place]?.memberId ?? nobody;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** By name a filter, and how many items it finds, as far as the list counts. */
const filters: readonly [string, () => ItemFilter, number][] = [
  ["nothing", () => ({}), 1_001],
  ["a rare word", () => ({ q: "wombat" }), tasks / every.rare],
  ["a word of every item", () => ({ q: "light" }), 1_001],
  ["a Chinese phrase", () => ({ q: "“天空为什么”" }), 1_001],
  ["two common words that never meet", () => ({ q: "blue 天空" }), 0],
  ["a word in a comment", () => ({ q: "hesitated" }), tasks / every.commented],
  ["all but a common word", () => ({ q: "light -blue" }), 1_001],
  ["somebody who did most", () => ({ person: person(0) }), 1_001],
  ["somebody who did few", () => ({ person: person(3) }), tasks / 1_000],
  ["nobody", () => ({ person: nobody }), 0],
  ["a day long ago", () => ({ from: daysAgo(3), to: daysAgo(2) }), 1_001],
  ["most of the time", () => ({ to: daysAgo(1) }), 1_001],
  ["somebody within a time", () => ({ person: person(3), from: daysAgo(4) }), 35],
  ["a flag", () => ({ flagged: "true" }), tasks / every.flagged],
  ["a language and a split", () => ({ language: "zh", split: "test" }), 1_001],
  ["a model", () => ({ model: "model-2" }), 1_001],
  ["where answers come from", () => ({ origin: "import" }), 0],
  ["a question", () => ({ question: "rating" }), 0],
  ["a state that all have", () => ({ state: "full" }), 1_001],
  ["a state that none has", () => ({ state: "paused" }), 0],
  ["all of it at once", () => ({ q: "wombat", person: person(0), split: "test", state: "full" }), tasks / every.rare],
  ["people who differ", () => ({ agreement: "differ" }), Number.NaN],
];
const large = ["task", "task_document", "judgement", "lease", "prompt", "completion"];

describe("searching and filtering", () => {
  it.each(filters)("%s reads no large table from end to end", async (_name, filter, count) => {
    const { workspaceId, projectId } = project;
    const plans = await plansOf(database.url, async (db) => {
      await listItems(db, workspaceId, projectId, { ...filter(), limit: 50 });
      const counted = await countItems(db, workspaceId, projectId, filter());
      expect(counted.count ?? Number.NaN).toBe(count);
    });
    const scans = plans.filter(
      (node) => node["Node Type"] === "Seq Scan" && large.includes(node["Relation Name"] ?? ""),
    );
    expect(scans).toEqual([]);
    expect(plans.some((node) => node["Index Name"] !== undefined)).toBe(true);
  });

  it("finds the same right after an import, before Postgres knows anything of the rows", async () => {
    const { workspaceId, projectId } = project;
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      "DELETE FROM pg_statistic WHERE starelid IN ('task_document'::regclass, 'judgement'::regclass, 'lease'::regclass)",
    );
    await client.end();
    for (const filter of [
      { q: "wombat" },
      { q: "light" },
      { person: person(0) },
      { from: daysAgo(3), to: daysAgo(2) },
    ]) {
      const plans = await plansOf(database.url, (db) =>
        listItems(db, workspaceId, projectId, { ...filter, limit: 50 }),
      );
      const scans = plans.filter(
        (node) => node["Node Type"] === "Seq Scan" && large.includes(node["Relation Name"] ?? ""),
      );
      expect(scans).toEqual([]);
    }
  });
});
