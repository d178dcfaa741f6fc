/** Imports of one project and their undos go one after the other; $1 is the project. Held until the transaction ends. */
export const queueImport = "SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))";
