import { type ArchiveReceipt, DomainError, refused } from "@touchstone/contracts";
import pg from "pg";
import { quoted } from "../backup/tables.ts";
import type { TablePart } from "./form.ts";
import type { ArchiveProgress } from "./held.ts";
import { linesIn, putLines } from "./json-lines.ts";
import type { OpenedArchive } from "./open.ts";
import { archiveTables, type Travelling, travelling } from "./tables.ts";

/** Rows from which on a plan that was made for a small table costs more than to look at it. */
const analyzeFrom = 1_000;

interface Putting {
  readonly archive: OpenedArchive;
  readonly workspaceId: string;
  readonly at: ArchiveProgress;
  /** Of models that are not here yet, by id. */
  readonly numbers: Readonly<Record<string, number>>;
}

/**
 * Makes all rows of an archive, table by table, in the transaction that the client is in. Each table's lines are laid down
 * first and looked at by the database; foreign keys, checks and triggers hold as for any other row.
 *
 * @throws DomainError where a row is of no project, of another one, can't be taken, or has an id that is taken
 */
export async function putRows(
  client: pg.ClientBase,
  putting: Putting,
): Promise<Pick<ArchiveReceipt, "people" | "models">> {
  const told = { people: { made: 0, known: 0, renamed: 0 }, models: { made: 0, known: 0 } };
  await client.query("SELECT set_config('touchstone.numbered_models', 'yes', true)");
  await client.query("CREATE TEMPORARY TABLE archive_later (of text, id uuid, value uuid) ON COMMIT DROP");
  for (const [table, how] of travelling) {
    const part = putting.archive.manifest.tables[table];
    if (part === undefined) continue;
    putting.at.step += 1;
    if (part.rows === 0) continue;
    try {
      const { made, renamed } = await putTable(client, putting, { table, how, part });
      if (table === "member") told.people = { made, known: part.rows - made, renamed };
      if (table === "model_version") told.models = { made, known: part.rows - made };
    } catch (error) {
      throw asRefusal(table, error);
    }
  }
  for (const [table, how] of travelling) {
    for (const column of how.later) await fillLater(client, table, column, how, putting);
  }
  return told;
}

interface OneTable {
  readonly table: string;
  readonly how: Travelling;
  readonly part: TablePart;
}

async function putTable(client: pg.ClientBase, putting: Putting, one: OneTable) {
  const { table, how, part } = one;
  const { archive, workspaceId, at } = putting;
  await client.query("CREATE TEMPORARY TABLE archive_line (line jsonb, place bigserial) ON COMMIT DROP");
  await putLines(client, "archive_line (line)", counted(archive.rows(table), at));
  const { rows } = await client.query<{ count: string }>("SELECT count(*) AS count FROM archive_line");
  if (Number(rows[0]?.count) !== part.rows) throw refused("archivePartChanged", { name: table });
  await assertInside(client, archive.manifest.project.id, one);
  if (table === "model_version") await giveNumbers(client, putting.numbers);
  const renamed = table === "member" ? await renameTaken(client, workspaceId) : 0;
  const made = await insert(client, workspaceId, one);
  for (const column of how.later) {
    await client.query(
      `INSERT INTO archive_later SELECT $1, (line ->> 'id')::uuid, (line ->> $2)::uuid FROM archive_line
       WHERE line ->> $2 IS NOT NULL`,
      [`${table}.${column}`, column],
    );
  }
  await client.query("DROP TABLE archive_line");
  // Foreign keys of what comes next are looked up by a plan that must know how many rows there are by now.
  if (made >= analyzeFrom) await client.query(`ANALYZE ${quoted(table)}`);
  return { made, renamed };
}

async function* counted(lines: AsyncIterable<Uint8Array>, at: ArchiveProgress): AsyncGenerator<Uint8Array> {
  for await (const chunk of lines) {
    at.rows += linesIn(chunk);
    yield chunk;
  }
}

/** No row of another project, and none that hangs on a row of one: foreign keys alone would let in what is of the workspace. */
async function assertInside(client: pg.ClientBase, projectId: string, { table, how, part }: OneTable): Promise<void> {
  const outside = async (condition: string, detail: string) => {
    const text = condition.replaceAll(":project", "$1::uuid");
    const { rowCount } = await client.query(
      `SELECT FROM archive_line WHERE $1::uuid IS NOT NULL AND (${text}) LIMIT 1`,
      [projectId],
    );
    if (rowCount !== 0) throw refused("archiveRowOutside", { name: table, detail });
  };
  if (table === "project") await outside("(line ->> 'id')::uuid IS DISTINCT FROM :project", "id");
  if (part.columns.includes("project_id")) {
    const differs = how.shared ? "<>" : "IS DISTINCT FROM";
    await outside(`(line ->> 'project_id')::uuid ${differs} :project`, "project_id");
  }
  for (const [column, parent] of Object.entries(how.within)) {
    // Rows that name one another are in one statement, whose foreign keys say the rest.
    if (parent === table) continue;
    const of = archiveTables[parent];
    if (!of?.travels) throw new Error(`${table}.${column} is within ${parent}, which does not travel`);
    await outside(
      `line ->> '${column}' IS NOT NULL AND NOT EXISTS (
         SELECT FROM ${quoted(parent)} t WHERE t.id = (line ->> '${column}')::uuid AND ${of.of})`,
      column,
    );
  }
}

/** A pseudonym that somebody of the workspace has: whoever comes gets another, for their rows go by id. @returns how many */
async function renameTaken(client: pg.ClientBase, workspaceId: string): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE archive_line SET line = line || jsonb_build_object('external_id',
       left(line ->> 'external_id', 180) || '-' || right(line ->> 'id', 8))
     WHERE EXISTS (SELECT FROM member m WHERE m.workspace_id = $1 AND m.kind::text = line ->> 'kind'
       AND m.external_id = line ->> 'external_id' AND m.id <> (line ->> 'id')::uuid)`,
    [workspaceId],
  );
  return rowCount ?? 0;
}

/** A model without one was here when numbers were drawn, and has gone since: it is not put in without. */
async function giveNumbers(client: pg.ClientBase, numbers: Putting["numbers"]): Promise<void> {
  await client.query(
    `UPDATE archive_line SET line = line || jsonb_build_object('drawn', $1::jsonb -> (line ->> 'id'))
     WHERE $1::jsonb ? (line ->> 'id')`,
    [JSON.stringify(numbers)],
  );
}

/** @returns how many rows were made */
async function insert(client: pg.ClientBase, workspaceId: string, { table, how, part }: OneTable): Promise<number> {
  const name = quoted(table);
  const columns = part.columns.filter((column) => how.here[column] !== null);
  const madeOf = (column: string): string => {
    if (column === "workspace_id") return "$1::uuid";
    if (how.later.includes(column)) return "NULL";
    return how.here[column] ?? `r.${quoted(column)}`;
  };
  const known = `SELECT FROM ${name} k WHERE k.id = r.id AND k.workspace_id = $1::uuid`;
  const { rowCount } = await client.query(
    `INSERT INTO ${name} (${columns.map(quoted).join(", ")})
     SELECT ${columns.map(madeOf).join(", ")} FROM archive_line l, jsonb_populate_record(NULL::${name}, l.line) r
     WHERE $1::uuid IS NOT NULL ${how.shared ? `AND NOT EXISTS (${known})` : ""} ORDER BY l.place`,
    [workspaceId],
  );
  return rowCount ?? 0;
}

async function fillLater(client: pg.ClientBase, table: string, column: string, how: Travelling, { archive }: Putting) {
  await client.query(
    `UPDATE ${quoted(table)} t SET ${quoted(column)} = l.value FROM archive_later l
     WHERE l.of = $2 AND t.id = l.id AND ${how.of.replaceAll(":project", "$1::uuid")}`,
    [archive.manifest.project.id, `${table}.${column}`],
  );
}

/** What Postgres says of a row that is none: it was changed by somebody, as its hashes were. */
function asRefusal(table: string, error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof pg.DatabaseError)) return error;
  const { code = "", message } = error;
  if (code === "23505") return refused("archiveIdsTaken", { name: table });
  // Values that are none (22…), and rows that keep no rule of the table (23…).
  if (/^2[23]/.test(code)) return refused("archiveRowUnread", { name: table, detail: message.slice(0, 200) });
  return error;
}
