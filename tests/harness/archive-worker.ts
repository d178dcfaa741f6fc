import { LocalFileStore, openDatabase, pendingArchives } from "@touchstone/persistence";
import { pino } from "pino";
import { handleArchive } from "../../apps/worker/src/handlers/archive.ts";

// A process of its own, so that a test can kill it: does what archives wait for, once, and ends.
const [databaseUrl = "", filesDir = ""] = process.argv.slice(2);
const { db, pool, close } = openDatabase(databaseUrl, { connections: 4 });
const tools = { db, pool, files: new LocalFileStore(filesDir), version: "0.1.0", log: pino({ level: "silent" }) };
for (const { id } of await pendingArchives(db)) {
  await handleArchive(tools, { archiveId: id }, new AbortController().signal);
}
await close();
