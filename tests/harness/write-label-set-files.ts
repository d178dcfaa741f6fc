import { LocalFileStore, pendingLabelSetFiles } from "@touchstone/persistence";
import { pino } from "pino";
import { handleLabelSetFile } from "../../apps/worker/src/handlers/label-set-file.ts";
import type { TestApi } from "./api-server.ts";

const never = new AbortController().signal;

/** Writes all files of label sets that wait, as a worker does, in this process. */
export async function writeLabelSetFiles({ server: { database: db }, filesDir }: TestApi): Promise<void> {
  const services = { db, store: new LocalFileStore(filesDir), log: pino({ level: "silent" }) };
  for (const { id } of await pendingLabelSetFiles(db)) await handleLabelSetFile(services, { fileId: id }, never);
}
