import type { Database } from "@touchstone/persistence";

/** An audit log that can be made to take nothing, and a look at all that stands beside it. */
export async function closableAudit(db: Database) {
  await db.$executeRawUnsafe("CREATE TABLE audit_closed (at timestamptz)");
  await db.$executeRawUnsafe(`
    CREATE FUNCTION refuse_while_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM audit_closed) THEN RAISE EXCEPTION 'The audit takes nothing.'; END IF;
      RETURN NEW;
    END $$`);
  await db.$executeRawUnsafe(
    "CREATE TRIGGER closed BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_while_closed()",
  );
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('audit_event', 'audit_closed')
    ORDER BY table_name`;

  return {
    close: () => db.$executeRawUnsafe("INSERT INTO audit_closed VALUES (now())"),
    open: () => db.$executeRawUnsafe("DELETE FROM audit_closed"),
    count: () => db.auditEvent.count(),
    /** The actions after so many events. */
    async since(known: number): Promise<string[]> {
      const rows = await db.auditEvent.findMany({ orderBy: { id: "asc" }, skip: known, select: { action: true } });
      return rows.map(({ action }) => action);
    },
    /** A digest of every other table's rows, by its name. News of judgements and of questions are taken away by themselves. */
    async everythingElse(): Promise<Record<string, string | null>> {
      const digests: Record<string, string | null> = {};
      for (const { name } of tables) {
        const only = name === "outbox" ? "WHERE topic NOT IN ('judged', 'guidance')" : "";
        const [row] = await db.$queryRawUnsafe<{ digest: string | null }[]>(
          `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM "${name}" t ${only}`,
        );
        digests[name] = row?.digest ?? null;
      }
      return digests;
    },
  };
}
