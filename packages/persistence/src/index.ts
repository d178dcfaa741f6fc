export { MigrationError, migrate } from "./migrate.ts";
