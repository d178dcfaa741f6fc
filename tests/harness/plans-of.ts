import { type Database, openDatabase } from "@touchstone/persistence";
import { z } from "zod";

export interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string | undefined;
  readonly "Relation Name"?: string | undefined;
}

const Node = z.looseObject({
  "Node Type": z.string(),
  "Index Name": z.string().optional(),
  "Relation Name": z.string().optional(),
  Plans: z.array(z.unknown()).optional(),
});

/**
 * Every node of the plans by which Postgres runs what some work asks it, those inside functions too. auto_explain is part of
 * Postgres: it sees the plans that are really used, whatever calls them.
 */
export async function plansOf(url: string, work: (db: Database) => Promise<unknown>): Promise<PlanNode[]> {
  const notices: string[] = [];
  const { db, pool, close } = openDatabase(url, { connections: 1 });
  pool.on("connect", (client) => client.on("notice", ({ message }) => notices.push(message ?? "")));
  try {
    await db.$executeRawUnsafe("LOAD 'auto_explain'");
    const settings = { log_min_duration: "0", log_nested_statements: "on", log_format: "json", log_level: "notice" };
    for (const [name, value] of Object.entries(settings)) {
      await db.$executeRawUnsafe(`SET auto_explain.${name} = '${value}'`);
    }
    await work(db);
  } finally {
    await close();
  }
  return notices
    .filter((notice) => notice.startsWith("duration:"))
    .flatMap((notice) => {
      const { Plan } = z.looseObject({ Plan: z.unknown() }).parse(JSON.parse(notice.slice(notice.indexOf("{"))));
      return nodesOf(Plan);
    });
}

/** What grows with every item that is browsed. */
const large = ["task", "task_document", "judgement", "lease", "prompt", "completion"];

/** Those that read a large table from end to end. */
export function scansOfLargeTables(plans: readonly PlanNode[]): PlanNode[] {
  return plans.filter((node) => node["Node Type"] === "Seq Scan" && large.includes(node["Relation Name"] ?? ""));
}

function nodesOf(plan: unknown): PlanNode[] {
  const { Plans = [], ...node } = Node.parse(plan);
  return [node, ...Plans.flatMap(nodesOf)];
}
