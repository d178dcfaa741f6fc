import type { LeasedTask } from "@touchstone/contracts";
import { z } from "zod";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { median } from "../figures.ts";
import { openOrders } from "../orders.ts";

const warmUpSeconds = 1;

const settings = z
  .object({ url: z.string(), email: z.string(), projectId: z.string(), label: z.string() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));
const { url, email, projectId, label } = settings;

const orders = openOrders();
const visitor = await RemoteVisitor.signIn(url, email);
await claim(warmUpSeconds);
orders.ready(label);
for (;;) orders.tell(await claim(await orders.next()));

/** Takes one task after the other and gives it back; half of the claims took less, in milliseconds. */
async function claim(seconds: number): Promise<number> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const startedAt = performance.now();
    const path = `/api/work/${projectId}/claims`;
    const { tasks } = await visitor.json<{ tasks: LeasedTask[] }>("POST", path, { count: 1 });
    times.push(performance.now() - startedAt);
    const [task] = tasks;
    if (!task) throw new Error("no task was left");
    const { id: leaseId, token: leaseToken } = task.lease;
    const given = await visitor.send("POST", `/api/leases/${leaseId}/release`, { leaseToken });
    if (given.status !== 204) throw new Error(`a lease could not be given back: ${given.status}`);
  }
  return median(times);
}
