import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import type { ParsingJobs, ParsingSurroundings } from "../threads/parsing-jobs.ts";
import type { ReadingJobs, ReadingSurroundings } from "../threads/reading-jobs.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import { limitsOf } from "./database.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Where files are read that were sent in. */
    parsing: ThreadPool<ParsingJobs>;
    /** Where exports, figures and verdicts are made. */
    reading: ThreadPool<ReadingJobs>;
  }
}

/** From source a thread is TypeScript, in a bundle it lies beside as JavaScript. */
const entry = (name: string) =>
  new URL(import.meta.url.endsWith(".ts") ? `../threads/${name}.thread.ts` : `./${name}.thread.js`, import.meta.url);

/** Whatever takes longer than the event loop may be held works in threads of its own. */
export const threads = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const warn = (details: object, message: string) => app.log.warn(details, message);
    // Four files by turns in each: none waits for the end of a larger one, and the memory of all has a bound.
    const store: ParsingSurroundings = { filesDir: environment.filesDir };
    const parsing = { entry: entry("parsing"), threads: 2, jobsPerThread: 4, mostWaiting: 50, workerData: store, warn };
    app.decorate("parsing", new ThreadPool<ParsingJobs>(parsing));
    // These mostly wait for Postgres, or for whoever reads an export; who may ask for how many is said where they are asked.
    const workerData: ReadingSurroundings = {
      databaseUrl: environment.databaseUrl,
      limits: limitsOf(environment).reading,
    };
    const reading = { entry: entry("reading"), threads: 1, jobsPerThread: 1_000, mostWaiting: 1_000, workerData, warn };
    app.decorate("reading", new ThreadPool<ReadingJobs>(reading));
    app.addHook("onClose", async () => {
      await Promise.all([app.parsing.close(), app.reading.close()]);
    });
  },
  { name: "threads" },
);
