import { mkdirSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { freePort, openStack, readOrCreateSecret, type Supervisor } from "@touchstone/stack";
import { aborted, stopSignal } from "../signals.ts";
import { parseEnvironment, type StartEnvironment } from "./environment.ts";
import { assertPortFree } from "./port.ts";
import { prepareDatabase } from "./prepare.ts";
import { type Mode, type ProcessContext, superviseApi, superviseWeb, superviseWorker } from "./processes.ts";
import { openProgress } from "./progress.ts";
import { projectRoot } from "./project-root.ts";

/**
 * Everything on this machine: servers, schema, demo, then API, pages and worker, until a signal ends it. What was
 * brought up is taken down in reverse order, whichever way this ends.
 */
export async function start(mode: Mode): Promise<void> {
  const stop = stopSignal();
  // Where they are files on a full disk, what is said is lost; without a listener the service would be too.
  for (const out of [process.stdout, process.stderr]) out.on("error", () => undefined);
  const root = projectRoot();
  const environment = parseEnvironment(process.env, root);
  const progress = openProgress(process.stdout);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const stack = await progress.stage("Starting Postgres and Redis", () =>
      openStack({
        dataDir: environment.dataDir,
        log: progress.line,
        cancel: stop,
        env: { DATABASE_URL: environment.databaseUrl, REDIS_URL: environment.redisUrl },
      }),
    );
    undo.push(() => stack.stop());
    stop.throwIfAborted();
    // Only now: what a killed run left on the port has just been ended.
    await assertPortFree(environment.host, environment.port);
    mkdirSync(environment.filesDir, { recursive: true });

    const preparation = await prepareDatabase(stack.databaseUrl, environment, progress);
    stop.throwIfAborted();

    const secret = environment.secret ?? readOrCreateSecret(stack.dataDir, "secret");
    const webPort = await freePort();
    const context = { mode, root, stack, environment, secret, webPort, cancel: stop, log: progress.line };
    await progress.stage("Starting the API, the pages and the worker", () => startProcesses(context, undo));

    for (const line of readyLines(environment, preparation.signIn)) progress.line(line);
    preparation.printed();
    await aborted(stop);
  } catch (error) {
    // Ctrl-C reaches programs of this group too, such as initdb: their end is no failure then.
    if (!stop.aborted) throw error;
  } finally {
    if (undo.length > 0) progress.line("Stopping");
    for (const action of undo.reverse()) await action();
  }
}

/** All three at once; they come down as one too, the pages last, since the API still answers for them. */
async function startProcesses(context: ProcessContext, undo: (() => Promise<unknown>)[]): Promise<void> {
  const front: Supervisor[] = [];
  const pages: Supervisor[] = [];
  undo.push(() => Promise.all(pages.map((supervisor) => supervisor.stop())));
  undo.push(() => Promise.all(front.map((supervisor) => supervisor.stop())));
  const settled = await Promise.allSettled([
    superviseWeb(context).then((supervisor) => pages.push(supervisor)),
    superviseApi(context).then((supervisor) => front.push(supervisor)),
    superviseWorker(context).then((supervisor) => front.push(supervisor)),
  ]);
  const failure = settled.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}

function readyLines({ host, port }: StartEnvironment, signIn: string): string[] {
  const open = host === "0.0.0.0" || host === "::";
  const elsewhere = open ? localAddresses().map((address) => `On this network: http://${address}:${port}`) : [];
  return [`Touchstone is ready at http://localhost:${port}`, ...elsewhere, signIn];
}

function localAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
}
