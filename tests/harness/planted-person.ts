import { textColumns } from "@touchstone/persistence";
import pg from "pg";

/** No word of any text has it, and every planted one begins with it. */
export const mark = "qx7";

/** Somebody, and what each word of theirs begins with. */
export interface Planted {
  readonly memberId: string;
  readonly userId: string;
  readonly mark: string;
}

/** The word that is planted in a column. */
export const wordFor = (marked: string, table: string, column: string): string =>
  `${marked}${table.replaceAll("_", "")}${column.replaceAll("_", "")}`;

/** Which rows of a table are of a person: $1 is their member id, $2 their login's. */
const rowsOf: Readonly<Record<string, string>> = {
  user: "id = $2",
  member: "id = $1",
  session: "member_id = $1",
  api_token: "member_id = $1",
  link: "created_by_id = $1 OR id::text IN (SELECT detail ->> 'linkId' FROM audit_event WHERE subject = $1::text)",
  inquiry: "member_id = $1 OR answered_by_id = $1",
  import: "member_id = $1",
  import_job: "member_id = $1",
  spooled_file: "member_id = $1",
  project_archive: "asked_by_id = $1",
  arena_battle: "member_id = $1",
  arena_turn: "battle_id IN (SELECT id FROM arena_battle WHERE member_id = $1)",
  saved_view: "member_id = $1",
  label_set_note: "made_by_id = $1",
  model_promotion: "promoted_by_id = $1",
  lease: "member_id = $1",
  judgement: "member_id = $1",
  left_out: "member_id = $1 OR created_by_id = $1",
  audit_event: "member_id = $1 OR subject = $1::text",
  task_document: "task_id IN (SELECT task_id FROM judgement WHERE member_id = $1)",
};

/** Where only half of a row is theirs, or a value has a form that readers count on. $3 is what is planted. */
const planting: Readonly<Record<string, string>> = {
  "user.email": "$3 || '@example.org'",
  "inquiry.text": "CASE WHEN member_id = $1 THEN $3 ELSE text END",
  "inquiry.answer": "CASE WHEN answered_by_id = $1 THEN $3 ELSE answer END",
  "judgement.answer": `replace(answer::text, 'their words', $3)::jsonb`,
  "judgement.origin": `jsonb_build_object('labelId', $3::text, 'annotator', $3::text, 'createdAt', NULL, 'margin', NULL, 'timings', NULL)`,
  "judgement.client": `jsonb_build_object('locale', $3::text)`,
  "lease.skip_comment": "CASE WHEN state = 'skipped' THEN $3 ELSE skip_comment END",
  "audit_event.token": "CASE WHEN member_id = $1 THEN $3 ELSE token END",
  // Their id, which is looked for by itself.
  "audit_event.subject": "subject",
  // What others did to them is told in others' words but for who they are.
  "audit_event.detail": `CASE WHEN subject = $1::text THEN detail || jsonb_build_object('name', $3::text, 'address', $3::text)
    ELSE detail || jsonb_build_object('address', $3::text, 'note', $3::text) END`,
  "import_job.query": "jsonb_build_object('fileName', $3::text)",
  "import_job.result": "jsonb_build_object('fileName', $3::text)",
  "import_job.problem": "jsonb_build_object('detail', $3::text)",
  "spooled_file.problem": "jsonb_build_object('detail', $3::text)",
  "label_set_note.selection": `jsonb_build_object('filter', jsonb_build_object('q', $3::text))`,
  // What they brought, of which nobody is here.
  "project_archive.name": "CASE WHEN name IS NULL THEN NULL ELSE $3 END",
  "saved_view.filter": `jsonb_build_object('search', $3::text)`,
  // What they noted for others are words of theirs; what others noted of them is who they are.
  "link.note":
    "CASE WHEN kind = 'open' THEN note WHEN created_by_id = $1 THEN replace($3, 'note', 'written') ELSE $3 END",
  "left_out.note": "CASE WHEN member_id = $1 THEN $3 ELSE replace($3, 'note', 'written') END",
  "task_document.document": "document || array_to_tsvector(ARRAY[$3])",
};

const byType: Readonly<Record<string, string>> = { text: "$3", ARRAY: "ARRAY[$3]" };

/**
 * Writes a word of its own into every declared column that may hold who somebody is, or what they wrote, past all that
 * keeps rows as they are. They must have done something of every kind before.
 *
 * @throws where a declared column has no row of theirs to be planted in: a new column asks for one above.
 */
export async function plant(databaseUrl: string, who: Planted): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    // Nobody has both a login and a code to come back by; whoever is planted has.
    await client.query('ALTER TABLE "member" DROP CONSTRAINT IF EXISTS "member_by_name_is_annotator"');
    for (const [table, columns] of Object.entries(textColumns)) {
      for (const [column, { holds }] of Object.entries(columns)) {
        if (holds === "identity" || holds === "words") await plantOne(client, who, table, column);
      }
    }
  } finally {
    await client.end();
  }
}

async function plantOne(
  client: pg.Client,
  { memberId, userId, mark: marked }: Planted,
  table: string,
  column: string,
): Promise<void> {
  const where = rowsOf[table];
  const name = `${table}.${column}`;
  if (where === undefined) {
    throw new Error(
      `${name} may hold something of a person, and no test plants it: say in rowsOf of tests/harness/planted-person.ts which rows of "${table}" are theirs, and make one.`,
    );
  }
  const { rows } = await client.query<{ type: string }>(
    "SELECT data_type AS type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2",
    [table, column],
  );
  const value = planting[name] ?? byType[rows[0]?.type ?? ""];
  if (value === undefined) {
    throw new Error(
      `${name} is of type ${rows[0]?.type}: say in planting of tests/harness/planted-person.ts how a word gets into it.`,
    );
  }
  // Each parameter is named, so that Postgres knows its type where a statement has no use for it.
  const named = "$1::uuid IS NOT NULL AND $2::uuid IS NOT NULL AND $3::text IS NOT NULL";
  const word = value.replaceAll("$3", "$3::text").replaceAll("::text::text", "::text");
  await client.query(`UPDATE "${table}" SET "${column}" = ${word} WHERE (${where}) AND ${named}`, [
    ...[memberId, userId, wordFor(marked, table, column)],
  ]);
  if (name === "audit_event.subject") return;
  const planted = await client.query(
    `SELECT FROM "${table}" t WHERE (${where}) AND to_jsonb(t) ->> $3 LIKE '%${marked}%' AND $2::uuid IS NOT NULL AND $1::uuid IS NOT NULL`,
    [memberId, userId, column],
  );
  if (planted.rowCount === 0) {
    throw new Error(
      `${name} may hold something of a person, and they have no row of "${table}" with it: let them make one in tests/integration/erasure.test.ts.`,
    );
  }
}
