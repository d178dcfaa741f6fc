export { type Database, type DatabaseOptions, type OpenDatabase, openDatabase, type Transaction } from "./client.ts";
export { isDatabaseAway, isUniqueViolation, isUnstorableText } from "./faults.ts";
export { MigrationError, migrate } from "./migrate.ts";
