import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { apiMemory, openLogFile, type Stack, type Supervisor, supervise, withoutSecrets } from "@touchstone/stack";
import type { StartEnvironment } from "./environment.ts";

export type Mode = "production" | "development";

export interface ProcessContext {
  mode: Mode;
  root: string;
  stack: Stack;
  environment: StartEnvironment;
  secret: string;
  webPort: number;
  cancel: AbortSignal;
  log: (line: string) => void;
}

/** A process needs this long at most for its first answer: `next dev` compiles before it gives one. */
const readyWithinMs = 120_000;
/** Long enough for a trainer to write its checkpoint and for requests to end. */
const stopWithinMs = 20_000;

/** The API: it owns the public port and hands what is not its own to the pages. */
export function superviseApi(context: ProcessContext): Promise<Supervisor> {
  const { environment, webPort } = context;
  const origin = `http://${hostForUs(environment.host)}:${environment.port}`;
  return run(context, {
    name: "The API",
    file: "api",
    command: programOf(context, "apps/api", "server"),
    needs: "secrets",
    env: {
      TOUCHSTONE_HOST: environment.host,
      TOUCHSTONE_PORT: String(environment.port),
      TOUCHSTONE_WEB_URL: `http://127.0.0.1:${webPort}`,
      ...apiMemory(),
      ...(environment.metricsToken ? { TOUCHSTONE_METRICS_TOKEN: environment.metricsToken } : {}),
    },
    probe: () => answersOk(`${origin}/api/health/ready`),
  });
}

export function superviseWorker(context: ProcessContext): Promise<Supervisor> {
  return run(context, {
    name: "The worker",
    file: "worker",
    command: programOf(context, "apps/worker", "main"),
    needs: "secrets",
    env: {},
    // It listens nowhere; that it takes jobs shows in the queue.
    probe: async () => undefined,
  });
}

/** The pages, on a private loopback port. */
export function superviseWeb(context: ProcessContext): Promise<Supervisor> {
  const { mode, root, webPort } = context;
  const folder = join(root, "apps/web");
  const next = createRequire(join(folder, "package.json")).resolve("next/dist/bin/next");
  const address = ["--hostname", "127.0.0.1", "--port", String(webPort)];
  return run(context, {
    name: "The web server",
    file: "web",
    command: [next, mode === "production" ? "start" : "dev", ...address],
    // Next's configuration names its files relative to the working directory.
    cwd: folder,
    needs: "nothing",
    env: { NEXT_TELEMETRY_DISABLED: "1" },
    probe: () => answers(`http://127.0.0.1:${webPort}/`),
  });
}

interface Program {
  name: string;
  /** Of the log, below `logs/` in the data folder. */
  file: string;
  /** Arguments of node. */
  command: string[];
  /** Default: the checkout. */
  cwd?: string;
  /** Whether it works on our servers, and so with their addresses and with our secret. */
  needs: "secrets" | "nothing";
  env: Record<string, string>;
  probe: () => Promise<void>;
}

function run(context: ProcessContext, program: Program): Promise<Supervisor> {
  const { mode, root, stack, cancel, log } = context;
  const output = openLogFile(join(stack.dataDir, "logs", `${program.file}.log`));
  const secrets = program.needs === "secrets" ? secretsOf(context) : {};
  const env = { ...withoutSecrets(process.env), NODE_ENV: mode, ...secrets, ...program.env };
  const launch = (descriptor: number | "inherit") =>
    spawn(process.execPath, program.command, {
      cwd: program.cwd ?? root,
      env,
      detached: true,
      stdio: ["ignore", descriptor, descriptor],
    });
  return supervise({
    name: program.name,
    spawn() {
      if (mode === "development") return launch("inherit");
      const descriptor = output.descriptor();
      try {
        return launch(descriptor);
      } finally {
        output.release(descriptor);
      }
    },
    probe: program.probe,
    readyWithinMs,
    stopSignal: "SIGTERM",
    stopWithinMs,
    ledger: stack.ledger,
    cancel,
    log,
    ...(mode === "production" ? { lastWords: output.tail } : {}),
  });
}

function secretsOf({ stack, environment, secret }: ProcessContext): Record<string, string> {
  return {
    DATABASE_URL: stack.databaseUrl,
    REDIS_URL: stack.redisUrl,
    TOUCHSTONE_SECRET: secret,
    TOUCHSTONE_FILES_DIR: environment.filesDir,
  };
}

/** The bundle, or in development the source, which tsx runs again whenever a file changes. */
function programOf({ mode, root }: ProcessContext, app: string, entry: string): string[] {
  if (mode === "production") return ["--enable-source-maps", join(root, app, "dist", `${entry}.js`)];
  const tsx = createRequire(join(root, "package.json")).resolve("tsx/cli");
  return [tsx, "watch", "--clear-screen=false", join(root, app, "src", `${entry}.ts`)];
}

/** A wildcard is no address to call. */
function hostForUs(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function answersOk(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
}

/** Any answer will do: whether the page behind it is well is not the start's business. */
async function answers(url: string): Promise<void> {
  await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000) });
}
