import { parentPort, workerData } from "node:worker_threads";
import { openDatabase, watchForHangs } from "@touchstone/persistence";
import { type ReadingSurroundings, readingJobs } from "./reading-jobs.ts";
import { serveJobs } from "./serve-jobs.ts";

const { databaseUrl, limits }: ReadingSurroundings = workerData;
const warn = (message: string) => parentPort?.postMessage(message);
const database = openDatabase(databaseUrl, {
  ...limits,
  onConnectionLost: ({ message }) => warn(`a database connection was lost: ${message}`),
});
watchForHangs(databaseUrl, [database.pool], () => warn("postgres does not answer; its connections are cut"));

export default serveJobs(readingJobs(database));
