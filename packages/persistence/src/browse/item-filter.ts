import { type ItemFilter, refused } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { type SearchTerm, searchTerms } from "./search-terms.ts";

/** Up to so many tasks found by words are taken one by one; of more, pages are filled by walking from the newest task. */
const fewFound = 2_000;
/** The same of judgements in a time. */
const fewJudged = 50_000;

/** What is found without reading judgements one by one. */
export type DocumentedFilter = Omit<ItemFilter, "agreement" | "preferred" | "fasterThanReading">;

/** A filter ready to stand in statements: the condition on `task_document d` that all make but what answers are compared for. */
export interface FoundBy {
  readonly condition: Prisma.Sql;
}

/**
 * Makes a filter's condition. Words and what never changes of a task are looked up in the one index of documents; people,
 * times and states in the tables that hold them. What finds few is looked up here already, so that no statement depends on
 * what Postgres believes of how often a word occurs, or when people worked.
 *
 * @throws DomainError invalid_value where a search has nothing in it that could be found, such as marks alone.
 */
export async function foundBy(
  db: Database | Transaction,
  projectId: string,
  filter: DocumentedFilter,
): Promise<FoundBy> {
  const conditions = [
    Prisma.sql`d.project_id = ${projectId}::uuid`,
    ...(await documented(db, projectId, filter)),
    ...(await judgedBy(db, projectId, filter)),
    ...(filter.state === undefined
      ? []
      : [
          Prisma.sql`d.task_id IN (
            SELECT t.id FROM task t WHERE t.project_id = ${projectId}::uuid AND t.state = ${filter.state}::task_state)`,
        ]),
    ...(filter.flagged ? [flagStands] : []),
    ...(filter.sensitive ? [ofMarked(projectId)] : []),
  ];
  return { condition: Prisma.join(conditions, " AND ") };
}

/** By the index of what is marked, which is little. */
const ofMarked = (projectId: string): Prisma.Sql => Prisma.sql`d.task_id IN (
  SELECT t.id FROM prompt p JOIN task t ON t.prompt_id = p.id WHERE p.project_id = ${projectId}::uuid AND p.sensitive)`;

const oneOf = (ids: readonly string[]): Prisma.Sql => Prisma.sql`d.task_id = ANY (${ids}::uuid[])`;

async function documented(
  db: Database | Transaction,
  projectId: string,
  filter: DocumentedFilter,
): Promise<Prisma.Sql[]> {
  const asked = await documentQuery(db, projectId, filter);
  if (asked === null) return [];
  const [row] = await db.$queryRaw<{ ids: string[] }[]>`
    SELECT documents_found(${asked}::tsquery, ${fewFound + 1}::int) AS ids`;
  const ids = row?.ids ?? [];
  return [ids.length > fewFound ? Prisma.sql`d.document @@ ${asked}::tsquery` : oneOf(ids)];
}

/** The lexemes and words as Postgres writes a query of text search; null where there are none. */
async function documentQuery(
  db: Database | Transaction,
  projectId: string,
  { q, question, origin, import: importId, model, against, language, split, flagged }: DocumentedFilter,
): Promise<string | null> {
  const facets = [
    question && `/question:${question}`,
    origin && `/from:${origin}`,
    importId && `/import:${importId}`,
    model && `/model:${model.toLowerCase()}`,
    against && `/model:${against.toLowerCase()}`,
    language && `/language:${language.toLowerCase()}`,
    split && `/split:${split}`,
    flagged && "/flagged",
  ].filter((facet) => facet !== undefined && facet !== "");
  if (q === undefined && facets.length === 0) return null;
  const words = q === undefined ? null : await wordsQuery(db, q);
  // The project's own lexeme first, so that the index never has to read another project's rows.
  const all = [`/project:${projectId}`, ...facets].map((facet) => quotedLexeme(String(facet)));
  return [...all, ...(words === null ? [] : [`(${words})`])].join(" & ");
}

async function wordsQuery(db: Database | Transaction, q: string): Promise<string> {
  const terms = searchTerms(q).map(termQuery);
  const [row] =
    terms.length === 0
      ? []
      : await db.$queryRaw<{ query: string; words: number }[]>`
          SELECT query::text, numnode(query) AS words FROM (SELECT ${Prisma.join(terms, " && ")} AS query) asked`;
  if (!row || row.words === 0) throw refused("nothingToSearch", { at: "q" });
  return row.query;
}

function termQuery({ text, manner, excluded }: SearchTerm): Prisma.Sql {
  const term = Prisma.sql`search_term(${text}, ${manner})`;
  return excluded ? Prisma.sql`!!${term}` : term;
}

const quotedLexeme = (lexeme: string): string => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

const always = { from: "0001-01-01T00:00:00Z", to: "9999-12-31T00:00:00Z" };

/** By whom and when: of one and the same judgement. Of somebody alone the leases tell, in the order of tasks. */
async function judgedBy(
  db: Database | Transaction,
  projectId: string,
  { person, from, to }: DocumentedFilter,
): Promise<Prisma.Sql[]> {
  const byPerson = Prisma.sql`d.task_id IN (
    SELECT l.task_id FROM lease l WHERE l.member_id = ${person}::uuid AND l.state IN ('judged', 'surplus') AND l.slot > 0)`;
  if (from === undefined && to === undefined) return person === undefined ? [] : [byPerson];
  const [since, until] = [new Date(from ?? always.from), new Date(to ?? always.to)];
  const [row] = await db.$queryRaw<{ ids: string[] | null }[]>`
    SELECT tasks_judged_within(
      ${projectId}::uuid, ${since}, ${until}, ${person ?? null}::uuid, ${fewJudged}::int) AS ids`;
  if (row?.ids) return [oneOf(row.ids)];
  const bounds = Prisma.sql`j.kind = 'answer' AND j.created_at >= ${since} AND j.created_at < ${until}`;
  if (person === undefined) {
    return [
      Prisma.sql`d.task_id IN (SELECT j.task_id FROM judgement j WHERE j.project_id = ${projectId}::uuid AND ${bounds})`,
    ];
  }
  return [
    byPerson,
    Prisma.sql`EXISTS (
      SELECT FROM judgement j WHERE j.task_id = d.task_id AND j.member_id = ${person}::uuid AND ${bounds})`,
  ];
}

/** The document keeps that there was a flag; whoever undid or corrected their answer may have taken it back. */
const flagStands = Prisma.sql`EXISTS (
  SELECT FROM judgement j WHERE j.task_id = d.task_id AND j.kind = 'answer' AND j.flagged
    AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id))`;
