import { type ItemFilter, StandingQuery } from "@touchstone/contracts";
import { countItems, getModelStanding, listItems, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsableProject, every } from "../harness/browsable-project.ts";
import { type BrowseFilterName, browseFilters } from "../harness/browse-filters.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import type { LabellingProject } from "../harness/labelling-project.ts";
import { plansOf, scansOfLargeTables } from "../harness/plans-of.ts";

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

/** By name how many items each filter finds, as far as they are counted; null where they have to be compared. */
const found: Record<BrowseFilterName, number | null> = {
  nothing: 1_001,
  "a rare word": tasks / every.rare,
  "a word of every item": 1_001,
  "a Chinese phrase": 1_001,
  "two common words that never meet": 0,
  "a word in a comment": tasks / every.commented,
  "all but a common word": 1_001,
  "somebody who did most": 1_001,
  "somebody who did few": tasks / 1_000,
  nobody: 0,
  "a day long ago": 1_001,
  "most of the time": 1_001,
  "somebody within a time": 35,
  "a flag": tasks / every.flagged,
  "a language and a split": 1_001,
  "a model": 1_001,
  "two models": 1_001,
  "one of two models preferred": null,
  "where answers come from": 0,
  "a question": 0,
  "a state that all have": 1_001,
  "a state that none has": 0,
  "all of it at once": tasks / every.rare,
  "people who differ": null,
};

describe("searching and filtering", () => {
  it.each(Object.entries(found))("%s reads no large table from end to end", async (name, count) => {
    const { workspaceId, projectId } = project;
    const filter: ItemFilter = new Map<string, ItemFilter>(Object.entries(browseFilters(project))).get(name) ?? {};
    const plans = await plansOf(database.url, async (db) => {
      await listItems(db, workspaceId, projectId, { ...filter, limit: 50 });
      const counted = await countItems(db, workspaceId, projectId, filter);
      expect(counted.count).toBe(count);
    });
    expect(scansOfLargeTables(plans)).toEqual([]);
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
    const asked = browseFilters(project);
    for (const filter of [
      asked["a rare word"],
      asked["a word of every item"],
      asked["somebody who did most"],
      asked["a day long ago"],
    ]) {
      const plans = await plansOf(database.url, (db) =>
        listItems(db, workspaceId, projectId, { ...filter, limit: 50 }),
      );
      expect(scansOfLargeTables(plans)).toEqual([]);
    }
  });
});

describe("which model wins, of many judgements", () => {
  const standing = (most?: number) => getModelStanding(open, { ...project }, StandingQuery.parse({}), most);

  it("is exact as long as they may all be read, and else of an even sample of prompts, which it says", async () => {
    await open.db.$executeRaw`UPDATE prompt SET cluster = hash WHERE project_id = ${project.projectId}::uuid`;
    const all = await standing();
    const lost = Math.floor(tasks / every.differ);
    expect(all).toMatchObject({ judgements: 3 * tasks, prompts: tasks, sampled: null });
    expect(all.pairs).toMatchObject([{ a: "model-1", b: "model-2", wins: 3 * tasks - lost, losses: lost, ties: 0 }]);
    expect(all.models.map(({ answers }) => answers)).toEqual([tasks, tasks]);

    const some = await standing(30_000);
    const [read, of] = [some.sampled?.judgements ?? 0, some.sampled?.of];
    expect([of, some.judgements, some.prompts]).toEqual([3 * tasks, read, read / 3]);
    expect(Math.abs(read - 30_000)).toBeLessThan(1_500);
    expect(await standing(30_000)).toEqual(some);
  });
});
