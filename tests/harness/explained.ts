import pg from "pg";
import { z } from "zod";

interface PlanNode {
  "Node Type": string;
  "Index Name"?: string | undefined;
  "Relation Name"?: string | undefined;
  "Rows Removed by Filter"?: number | undefined;
  Plans?: PlanNode[] | undefined;
}
const PlanNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Index Name": z.string().optional(),
    "Relation Name": z.string().optional(),
    "Rows Removed by Filter": z.number().optional(),
    Plans: z.array(PlanNode).optional(),
  }),
);
const Statement = z.object({
  "Query Text": z.string(),
  Plan: PlanNode.and(z.object({ "Shared Hit Blocks": z.number(), "Shared Read Blocks": z.number() })),
});

export interface Explained {
  text: string;
  nodes: PlanNode[];
  /** Blocks that the statement touched, whether they were in memory or not. */
  blocks: number;
}

/**
 * Runs a statement and tells how Postgres ran it and every statement inside the functions it called. Rolled back.
 * auto_explain is part of Postgres; it sees the plans that the functions really use.
 */
export async function explained(databaseUrl: string, text: string, values: unknown[]): Promise<Explained[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  const notices: string[] = [];
  client.on("notice", ({ message }) => notices.push(message ?? ""));
  await client.connect();
  try {
    await client.query(`
      LOAD 'auto_explain';
      SET auto_explain.log_min_duration = 0;
      SET auto_explain.log_nested_statements = on;
      SET auto_explain.log_analyze = on;
      SET auto_explain.log_buffers = on;
      SET auto_explain.log_format = json;
      SET auto_explain.log_level = notice;
      BEGIN`);
    await client.query(text, values);
    await client.query("ROLLBACK");
  } finally {
    await client.end();
  }
  return notices.filter((notice) => notice.startsWith("duration:")).map(readNotice);
}

function readNotice(notice: string): Explained {
  const { "Query Text": text, Plan } = Statement.parse(JSON.parse(notice.slice(notice.indexOf("{"))));
  return { text, nodes: flatten(Plan), blocks: Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"] };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
