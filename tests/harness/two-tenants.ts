import { fileURLToPath } from "node:url";
import { Role } from "@touchstone/contracts";
import { createApiToken, type Database, migrate, openSession } from "@touchstone/persistence";
import { openApi, type TestApi } from "./api-server.ts";
import { emptyDatabase } from "./database.ts";
import { fillOldDatabase, old } from "./old-data-folder.ts";
import { createLogin, newTenant } from "./visitor.ts";

const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

export interface Member {
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
}

/** Two workspaces: one that has been at work, with a row of almost every kind, and one that has only just begun. */
export interface TwoTenants {
  readonly api: TestApi;
  /** Of each role one in each workspace. */
  readonly members: readonly Member[];
  /** Of rows of both, by the names of their tables. */
  ids(): Promise<Record<string, string[]>>;
  /** One row of each kind that this workspace has, by the name of its table. */
  rowsOf(workspaceId: string): Promise<Record<string, string>>;
  /** Undoes what requests did to people, projects and links, so that the next ones find them again. */
  tidy(): Promise<void>;
}

export async function openTwoTenants(): Promise<TwoTenants> {
  const database = await emptyDatabase();
  await fillOldDatabase(database.url);
  await migrate(database.url, migrations);
  const api = await openApi({}, database);
  const db = api.server.database;
  const { workspaceId: second, admin } = await newTenant(api.server, "ada@second.example.org");
  for (const role of Role.options.slice(1)) {
    await createLogin(db, `${role}@second.example.org`, { workspaceId: second, role });
  }
  await admin.send("POST", "/api/projects", { name: "Just begun" });
  const { workspaceId: first } = await db.project.findUniqueOrThrow({ where: { id: old.projectId } });
  const rows = await db.member.findMany({ where: { kind: "person", userId: { not: null } }, orderBy: { id: "asc" } });
  const members = [first, second].flatMap((workspaceId) =>
    Role.options.flatMap((role) => rows.find((row) => row.workspaceId === workspaceId && row.role === role) ?? []),
  );
  return { api, members, ids: () => someIds(db), rowsOf: (id) => rowsOf(db, id), tidy: () => tidy(db, members) };
}

/** Ways to say who asks. */
export type Credential = "session" | "session without CSRF" | "token" | "annotator's token" | "nothing" | "forged";
export const credentials: readonly Credential[] = [
  ...(["session", "session", "session", "token", "token", "annotator's token"] as const),
  ...(["session without CSRF", "nothing", "forged"] as const),
];

/** Headers by which somebody is known. */
export type Headers = Readonly<Record<string, string>>;

/** Headers of each member and credential, made once; `forget` where a request has ended one. */
export function knownBy(db: Database) {
  const made = new Map<string, Promise<Headers>>();
  return {
    headers(member: Member, credential: Credential): Promise<Headers> {
      const key = `${member.id} ${credential.replace(" without CSRF", "")}`;
      const headers = made.get(key) ?? makeHeaders(db, member, credential);
      made.set(key, headers);
      return credential === "session without CSRF" ? headers.then(({ cookie = "" }) => ({ cookie })) : headers;
    },
    forget: () => made.clear(),
  };
}

async function makeHeaders(db: Database, member: Member, credential: Credential): Promise<Headers> {
  switch (credential) {
    case "nothing":
      return {};
    case "forged":
      return { authorization: `Bearer ts_${"x".repeat(43)}` };
    case "token":
      return byToken(db, member, member.role);
    case "annotator's token":
      return byToken(db, member, "annotator");
    default:
      return bySession(db, member);
  }
}

export async function bySession(db: Database, member: Member): Promise<Headers> {
  const { secret, csrfToken } = await openSession(db, member, { former: undefined, address: "127.0.0.1" });
  return { cookie: `touchstone=${secret}`, "x-csrf-token": csrfToken };
}

export async function byToken(db: Database, member: Member, role: Role): Promise<Headers> {
  const { token } = await createApiToken(db, member, { name: role, role, expiresInDays: 1 });
  return { authorization: `Bearer ${token}` };
}

async function someIds(db: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const name of await tablesWith(db, "id")) {
    // The oldest are of the first workspace, the newest of the second.
    const rows = await db.$queryRawUnsafe<{ id: string }[]>(
      `(SELECT id FROM "${name}" ORDER BY id LIMIT 4) UNION (SELECT id FROM "${name}" ORDER BY id DESC LIMIT 2)`,
    );
    if (rows.length > 0) found[name] = rows.map(({ id }) => id);
  }
  return found;
}

async function rowsOf(db: Database, workspaceId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const owned = await tablesWith(db, "workspace_id");
  for (const name of (await tablesWith(db, "id")).filter((each) => owned.includes(each))) {
    const rows = await db.$queryRawUnsafe<{ id: string }[]>(
      `SELECT id FROM "${name}" WHERE workspace_id = $1::uuid ORDER BY id LIMIT 1`,
      workspaceId,
    );
    if (rows[0]) found[name] = rows[0].id;
  }
  return found;
}

/** Tables that have this column and say of it that it is a UUID. */
async function tablesWith(db: Database, column: string): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT c.table_name AS name FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND c.column_name = ${column} AND c.data_type = 'uuid' ORDER BY 1`;
  return tables.map(({ name }) => name);
}

async function tidy(db: Database, members: readonly Member[]): Promise<void> {
  for (const { id, role } of members) await db.member.update({ where: { id }, data: { role, disabledAt: null } });
  await db.project.updateMany({ data: { state: "active" } });
  await db.link.updateMany({ data: { revokedAt: null, used: 0 } });
}
