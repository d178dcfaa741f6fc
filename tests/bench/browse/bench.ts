import { countItems, type Database, listItems } from "@touchstone/persistence";
import { browsableProject } from "../../harness/browsable-project.ts";
import { browseFilters } from "../../harness/browse-filters.ts";
import { plansOf, scansOfLargeTables } from "../../harness/plans-of.ts";
import type { Bench } from "../bench.ts";
import { quantile } from "../figures.ts";
import type { Row } from "../report.ts";
import { openStandingApi } from "../standing-api.ts";

/** A list and its count, as the page asks for them. */
const times = 20;
const judgementsOfATask = 3;
const cases = Object.keys(browseFilters({ annotators: [] }));

/** Searching and filtering the items of a project with a million judgements: how long 95 of 100 first pages take, with their count; none may read a large table from end to end. */
export const browseBench: Bench = {
  cases,
  async run(wanted, _effort, say) {
    const standing = await openStandingApi(say);
    try {
      say("making a million judgements");
      const project = await browsableProject(standing.db, Math.ceil(1_000_000 / judgementsOfATask));
      const { workspaceId, projectId } = project;
      const rows: Row[] = [];
      for (const [name, filter] of Object.entries(browseFilters(project))) {
        if (!wanted(name)) continue;
        const asked = async (db: Database) => {
          await listItems(db, workspaceId, projectId, { ...filter, limit: 50 });
          await countItems(db, workspaceId, projectId, filter);
        };
        const scans = scansOfLargeTables(await plansOf(standing.databaseUrl, asked));
        if (scans.length > 0) throw new Error(`${name} reads a large table from end to end: ${JSON.stringify(scans)}`);
        const took: number[] = [];
        for (let turn = 0; turn < times; turn++) {
          const from = performance.now();
          await asked(standing.db);
          took.push(performance.now() - from);
        }
        rows.push({
          case: name,
          value: Number(quantile(took, 0.95).toFixed(1)),
          unit: "ms",
          peer: null,
          peerValue: null,
          ratio: null,
          why: "there is nothing else that answers this",
        });
        say(`${name}: ${rows.at(-1)?.value} ms`);
      }
      return rows;
    } finally {
      await standing.close();
    }
  },
};
