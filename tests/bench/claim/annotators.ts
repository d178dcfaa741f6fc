import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@touchstone/persistence";
import { z } from "zod";
import { AnnotatorsAtWork } from "../../harness/annotators-at-work.ts";
import { quantile } from "../figures.ts";
import { openOrders } from "../orders.ts";

/** Until each connection has its plans and each page of the tables that are needed is in memory. */
const warmUpSeconds = 2;

const settings = z
  .object({
    url: z.string(),
    databaseUrl: z.string(),
    project: z.object({ workspaceId: z.string(), projectId: z.string() }),
    people: z.int(),
    name: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));
const { url, databaseUrl, project, people, name } = settings;

const orders = openOrders();
const { db, close } = openDatabase(databaseUrl, { connections: 2 });
const annotators = await AnnotatorsAtWork.signIn(db, {
  url: () => url,
  project: { ...project, annotators: [] },
  people,
  name,
});
await close();
await work(warmUpSeconds);
orders.ready(`HTTP, ${people} annotators`);
for (;;) {
  const { rate, p99Ms } = await work(await orders.next());
  orders.tell(rate, p99Ms);
}

/** @throws Error where the tasks ran out, or a request was answered by 500 and above. */
async function work(seconds: number) {
  const first = annotators.acknowledged.length;
  const startedAt = performance.now();
  const working = annotators.work().then(() => true);
  const ranOut = await Promise.race([working, sleep(seconds * 1_000, false)]);
  if (ranOut) throw new Error("the tasks ran out: ask for fewer rounds or seconds");
  annotators.stop();
  await working;
  if (annotators.troubles.length > 0) throw new Error(`answered by ${JSON.stringify(annotators.troubles[0])}`);
  const waits = annotators.acknowledged.slice(first).map(({ ms }) => ms);
  return { rate: (waits.length * 1_000) / (performance.now() - startedAt), p99Ms: quantile(waits, 0.99) };
}
