import type { Role } from "@touchstone/contracts";
import type pg from "pg";

/** What somebody showed when they came: a session by its hash, or an API token by its id. */
export interface Credential {
  via: "session" | "token";
  credential: string;
}

const readByCredentials = {
  name: "read-standings",
  // The enumeration goes from most to least powerful, so the greater of two roles is the lesser one.
  text: `
    SELECT s.hash AS credential, m.role
    FROM session s JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
    WHERE s.hash = ANY($1) AND s.expires_at > now() AND m.disabled_at IS NULL
    UNION ALL
    SELECT t.id::text, greatest(m.role, t.role)
    FROM api_token t JOIN member m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
    WHERE t.id = ANY($2::uuid[]) AND t.revoked_at IS NULL AND t.expires_at > now() AND m.disabled_at IS NULL`,
};

/**
 * What these open now, by credential: long-lived connections ask again. One that has ended, or whose member is disabled,
 * is not among them.
 */
export async function readStandings(pool: pg.Pool, asked: Iterable<Credential>): Promise<Map<string, Role>> {
  const of = { session: new Set<string>(), token: new Set<string>() };
  for (const { via, credential } of asked) of[via].add(credential);
  const values = [[...of.session], [...of.token]];
  const { rows } = await pool.query<{ credential: string; role: Role }>({ ...readByCredentials, values });
  return new Map(rows.map(({ credential, role }) => [credential, role]));
}
