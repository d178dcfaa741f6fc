import pg from "pg";

/** The part of Postgres's JSON plans that tests look at. */
interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}
interface Statement {
  "Query Text": string;
  Plan: PlanNode & { "Shared Hit Blocks": number; "Shared Read Blocks": number };
}

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
  const { "Query Text": text, Plan }: Statement = JSON.parse(notice.slice(notice.indexOf("{")));
  return { text, nodes: flatten(Plan), blocks: Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"] };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
