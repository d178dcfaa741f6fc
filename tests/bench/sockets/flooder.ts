import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { openOrders } from "../orders.ts";

/** Said in one breath; more than the network takes waits until it has taken it. */
const breath = 100;
const mostBuffered = 1024 * 1024;

const settings = z
  .object({ url: z.string(), email: z.string(), runId: z.string() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));
const { url, email, runId } = settings;

const orders = openOrders();
const visitor = await RemoteVisitor.signIn(url, email);
let socket = await open();
orders.ready("one socket that floods");
for (;;) {
  const seconds = await orders.next();
  const said = await flood(performance.now() + seconds * 1_000);
  if (socket.readyState !== WebSocket.OPEN) socket = await open();
  orders.tell(said / seconds);
}

async function open(): Promise<WebSocket> {
  const opened = new WebSocket(`${url.replace("http", "ws")}/api/socket?ticket=${await visitor.ticket()}`);
  opened.on("error", () => {});
  await once(opened, "open");
  return opened;
}

/** As many subscriptions as go out, to what there is and what there is not; ended, it comes back. @returns how many */
async function flood(until: number): Promise<number> {
  let said = 0;
  do {
    if (socket.readyState !== WebSocket.OPEN) socket = await open();
    for (let n = 0; n < breath && socket.bufferedAmount < mostBuffered; n += 1) {
      const id = n % 2 === 0 ? runId : randomUUID();
      socket.send(JSON.stringify({ type: "subscribe", topic: "run", id }));
      said += 1;
    }
    await turn();
  } while (performance.now() < until);
  return said;
}
