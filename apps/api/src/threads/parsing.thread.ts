import { parsingJobs } from "./parsing-jobs.ts";
import { serveJobs } from "./serve-jobs.ts";

export default serveJobs(parsingJobs);
