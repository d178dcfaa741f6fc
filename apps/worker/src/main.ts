import { setTimeout as sleep } from "node:timers/promises";
import { broadcastChannel, Capability } from "@touchstone/contracts";
import {
  archiveQueueName,
  labelFitQueueName,
  labelSetFileQueueName,
  openArchiveQueue,
  openLabelSetFileQueue,
  openRunQueues,
  openScheduleQueue,
  producerConnection,
  reportCardQueueName,
  rowLengthsQueueName,
  runQueueName,
  scheduleQueueName,
  servingQueueName,
  workerConnection,
} from "@touchstone/jobs";
import { openOutgoing } from "@touchstone/outgoing";
import { LocalFileStore, openDatabase, sweepArchives, sweepWebhookDeliveries } from "@touchstone/persistence";
import { type Job, Worker, type WorkerOptions } from "bullmq";
import { pino } from "pino";
import product from "../package.json" with { type: "json" };
import { readEnvironment, workerName } from "./environment.ts";
import { handleArchive } from "./handlers/archive.ts";
import { handleLabelFit } from "./handlers/label-fit.ts";
import { handleLabelSetFile } from "./handlers/label-set-file.ts";
import { handleReportCard } from "./handlers/report-card.ts";
import { handleRowLengths } from "./handlers/row-lengths.ts";
import { handleRun } from "./handlers/run.ts";
import { handleSchedule } from "./handlers/schedule.ts";
import { handleServe } from "./handlers/serve.ts";
import { logDestination } from "./log-destination.ts";
import { keepPromises, putBack } from "./reconcile.ts";
import type { Services } from "./run/context.ts";
import { RunFiles } from "./run/files.ts";
import { ServingThread } from "./serving/serving-thread.ts";
import { WarmModels } from "./serving/warm-models.ts";
import { sweepCheckpoints, sweepErasedRuns } from "./sweep-checkpoints.ts";
import { openWebhookSender } from "./webhooks/send-due.ts";

const environment = readEnvironment(process.env);
const log = pino({ level: environment.LOG_LEVEL, base: { worker: workerName } }, logDestination());
const database = openDatabase(environment.DATABASE_URL, {
  idleTransactionTimeoutMs: 60_000,
  onConnectionLost: (error) => log.warn({ err: error }, "lost a connection to Postgres"),
});
const producer = producerConnection(environment.REDIS_URL);
const connection = workerConnection(environment.REDIS_URL);
const store = new LocalFileStore(environment.TOUCHSTONE_FILES_DIR);
const outgoing = openOutgoing({ allow: environment.TOUCHSTONE_OUTGOING_ALLOW });
const services: Services = {
  environment,
  database,
  db: database.db,
  log,
  files: new RunFiles(store),
  store,
  outgoing,
  broadcast(event) {
    producer
      .publish(broadcastChannel, JSON.stringify(event))
      .catch((error: unknown) => log.debug({ err: error }, "news for the sockets was not sent"));
  },
};
const webhooks = openWebhookSender({ db: database.db, outgoing, log });
const queues = {
  runs: openRunQueues(producer),
  schedules: openScheduleQueue(producer),
  labelSetFiles: openLabelSetFileQueue(producer),
  archives: openArchiveQueue(producer),
};

const archiving = { db: database.db, pool: database.pool, files: store, log, version: product.version };

const shutdown = new AbortController();
/** Jobs under way in this process, so that stopping can wait for their checkpoints whether Redis answers or not. */
const underWay = new Set<Promise<unknown>>();
const counted =
  <Result>(handle: (job: Job) => Promise<Result>) =>
  (job: Job): Promise<Result> => {
    const work = handle(job).finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  };
// A run may be found stalled more than once in its life; uniqueness and fencing live in Postgres, so that is harmless.
const options: WorkerOptions = { connection, maxStalledCount: 20, concurrency: 1 };
const servingThread = new ServingThread(environment.TOUCHSTONE_ENGINE, (error) => {
  warmModels.forget();
  if (error) log.error({ err: error }, "the thread that serves models was lost; the next question starts another");
});
const warmModels = new WarmModels(services, servingThread, environment.TOUCHSTONE_SERVING_BYTES);
const serving = { log, redis: producer, models: warmModels, thread: servingThread };
/** Questions that one worker has in its hands at a time; each waits for little but its turn in the thread. */
const servedAtOnce = 32;
const workers = [
  // One whose worker died is not taken up by another: whoever asked has been told, and asks again.
  ...(environment.TOUCHSTONE_CAPABILITIES.includes("serve")
    ? [
        new Worker(
          servingQueueName,
          counted((job) => handleServe(serving, job, shutdown.signal)),
          { ...options, maxStalledCount: 0, concurrency: servedAtOnce },
        ),
      ]
    : []),
  ...Capability.options
    .filter((one) => environment.TOUCHSTONE_CAPABILITIES.includes(one))
    .map(
      (capability) =>
        new Worker(
          runQueueName(capability),
          counted((job) => handleRun(services, job.data, shutdown.signal)),
          options,
        ),
    ),
  new Worker(
    scheduleQueueName,
    counted((job) => handleSchedule(services, job.data, new Date(job.timestamp + job.delay))),
    options,
  ),
  new Worker(
    labelFitQueueName,
    counted((job) => handleLabelFit(services, job.data)),
    options,
  ),
  new Worker(
    rowLengthsQueueName,
    counted((job) => handleRowLengths(services, job.data, shutdown.signal)),
    options,
  ),
  new Worker(
    reportCardQueueName,
    counted((job) => handleReportCard(services, job.data, shutdown.signal)),
    options,
  ),
  new Worker(
    labelSetFileQueueName,
    counted((job) => handleLabelSetFile(services, job.data, shutdown.signal)),
    options,
  ),
  new Worker(
    archiveQueueName,
    counted((job) => handleArchive(archiving, job.data, shutdown.signal)),
    options,
  ),
];
for (const worker of workers) {
  worker.on("error", (error) => log.warn({ err: error }, "queue connection"));
  worker.on("failed", (job, error) => log.error({ err: error, job: job?.id, queue: worker.name }, "job failed"));
}

/** How long a goodbye to Redis and Postgres may take once no job is under way. */
const goodbyeMs = 3_000;

/** Repeats until shutdown; a failure is logged and the next turn tries again. */
async function repeat(everyMs: number, what: string, turn: () => Promise<void>): Promise<void> {
  while (!shutdown.signal.aborted) {
    await turn().catch((error: unknown) => log.warn({ err: error }, what));
    await sleep(everyMs, undefined, { signal: shutdown.signal }).catch(() => {});
  }
}

async function stop(): Promise<void> {
  if (shutdown.signal.aborted) return;
  log.info("stopping: a running job writes a checkpoint first");
  shutdown.abort();
  await Promise.allSettled(underWay);
  // What they did stands in Postgres. Redis may be away, and BullMQ would wait for it for ever; putBack mends what it missed.
  await Promise.race([closeConnections(), sleep(goodbyeMs)]);
  process.exit(0);
}

async function closeConnections(): Promise<void> {
  // What is being sent is written down, Redis or no Redis; what takes longer than a goodbye is sent again by whoever comes next.
  await Promise.all([webhooks.settled(), ...workers.map((worker) => worker.close())]);
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
  await outgoing.close();
  producer.disconnect();
  connection.disconnect();
  await database.close();
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());

log.info({ capabilities: environment.TOUCHSTONE_CAPABILITIES }, "worker ready");
sweepErasedRuns(services).catch((error: unknown) =>
  log.warn({ err: error }, "folders of runs that an erasure ended could not be removed; the next start tries again"),
);
await Promise.all([
  repeat(250, "the outbox could not be drained; trying again", () => keepPromises(services, queues)),
  repeat(60_000, "models that nobody asks could not be let go; trying again", async () => warmModels.sweep()),
  repeat(60_000, "checkpoints of ended runs could not be removed; trying again", () => sweepCheckpoints(services)),
  repeat(500, "webhooks could not be sent; trying again", () => webhooks.turn()),
  repeat(60_000, "the log of webhooks could not be cut; trying again", () => sweepWebhookDeliveries(database.db)),
  repeat(60_000, "files of archives that are gone could not be removed; trying again", () =>
    sweepArchives({ db: database.db, pool: database.pool, files: store }),
  ),
  repeat(5_000, "queues could not be compared with Postgres; trying again", () => putBack(services, queues)),
]);
