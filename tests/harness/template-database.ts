import { fileURLToPath } from "node:url";
import { migrate } from "@touchstone/persistence";
import pg from "pg";
import { withDatabase } from "./database-url.ts";

/** The migrated, empty database that every test database is a copy of. */
export const templateName = "touchstone_template";

const migrationsDir = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** Makes the template afresh from `prisma/migrations`. */
export async function makeTemplateDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${templateName} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${templateName}`);
    await migrate(withDatabase(maintenanceUrl, templateName), migrationsDir);
  } finally {
    await client.end();
  }
}
