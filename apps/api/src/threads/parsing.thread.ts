import { workerData } from "node:worker_threads";
import { LocalFileStore } from "@touchstone/persistence";
import { type ParsingSurroundings, parsingJobs } from "./parsing-jobs.ts";
import { serveJobs } from "./serve-jobs.ts";

const { filesDir }: ParsingSurroundings = workerData;

export default serveJobs(parsingJobs(new LocalFileStore(filesDir)));
