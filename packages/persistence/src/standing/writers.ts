import { Prisma } from "../generated/client.ts";

/**
 * What tells the model of an answer, the one rule: the version that wrote it, else the name that its import has for it, in
 * small letters and up to 200 characters; null where there is neither. Browse finds tasks by the same (migration `browse`).
 */
const key = Prisma.sql`coalesce(c.model_version_id::text, nullif(left(lower(c.metadata ->> 'model'), 200), ''))`;

/** By whom the answers of the task `t` are, as JSON in canonical order: by key, and as imports have it. */
export const writersOf = { keys: ofTask(key), names: ofTask(Prisma.sql`c.metadata ->> 'model'`) };

function ofTask(writer: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT jsonb_agg(${writer} ORDER BY s.place)
    FROM unnest(t.completion_ids) WITH ORDINALITY AS s(id, place) JOIN completion c ON c.id = s.id)`;
}
