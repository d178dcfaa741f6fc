import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { broadcastChannel } from "@touchstone/contracts";
import { Redis } from "ioredis";
import { WebSocket } from "ws";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { quantile } from "../figures.ts";
import { openOrders } from "../orders.ts";
import { CrowdSettings } from "./crowd-settings.ts";

/** Sockets that are being opened at once. */
const openingAtOnce = 50;
/** Between two events. */
const betweenMs = 250;
/** What has not come by then does not come. */
const patienceMs = 30_000;

/** One side of the comparison: how its sockets open, and how an event begins that all of them get. */
interface Side {
  open(place: number): Promise<WebSocket>;
  begin(step: number, first: WebSocket): void;
}

const settings = CrowdSettings.parse(JSON.parse(process.argv[2] ?? "{}"));
const values = { loss: 0.512_345, reward: 1.25, kl: 0.031, entropy: 2.75, tokens: 123_456 };

const orders = openOrders();
const side = settings.product ? await ofProduct(settings.product) : ofBareServer(settings.bareUrl ?? "");
const sockets: WebSocket[] = [];
let step = 0;
let heard: () => void = () => {};
for (let at = 0; at < settings.sockets; at += openingAtOnce) {
  const places = Array.from({ length: Math.min(openingAtOnce, settings.sockets - at) }, (_, n) => at + n);
  const opened = await Promise.all(places.map((place) => side.open(place)));
  for (const socket of opened) socket.on("message", (data) => isEvent(data) && heard());
  sockets.push(...opened);
}
const [first] = sockets;
if (!first) throw new Error("a crowd of none");
await event(first);
orders.ready(settings.label);
for (;;) {
  const seconds = await orders.next();
  const until = performance.now() + seconds * 1_000;
  const times: number[] = [];
  while (performance.now() < until) {
    times.push(...(await event(first)));
    await sleep(betweenMs);
  }
  orders.tell(quantile(times, 0.99));
}

/** One event to all. @returns after how many milliseconds each socket had it */
async function event(begins: WebSocket): Promise<number[]> {
  step += 1;
  const times: number[] = [];
  const startedAt = performance.now();
  const all = new Promise<void>((resolve) => {
    heard = () => {
      times.push(performance.now() - startedAt);
      if (times.length === sockets.length) resolve();
    };
  });
  side.begin(step, begins);
  await Promise.race([all, sleep(patienceMs)]);
  if (times.length < sockets.length) throw new Error(`${sockets.length - times.length} sockets were told nothing`);
  return times;
}

/** The event under way, and not what a topic shows when it is opened. */
function isEvent(data: WebSocket.RawData): boolean {
  return data instanceof Buffer && data.includes(`"step":${step},`) && data.includes('"metrics"');
}

async function ofProduct(product: NonNullable<CrowdSettings["product"]>): Promise<Side> {
  const { url, redisUrl, emails, runId, workspaceId } = product;
  const people: RemoteVisitor[] = [];
  for (const email of emails) people.push(await RemoteVisitor.signIn(url, email));
  const redis = new Redis(redisUrl);
  return {
    async open(place) {
      const ticket = await people[place % people.length]?.ticket();
      const socket = new WebSocket(`${url.replace("http", "ws")}/api/socket?ticket=${ticket}`);
      await once(socket, "open");
      socket.send(JSON.stringify({ type: "subscribe", topic: "run", id: runId }));
      await once(socket, "message");
      return socket;
    },
    // As a worker tells of a step of training.
    begin: (number) =>
      void redis.publish(
        broadcastChannel,
        JSON.stringify({ type: "run-metrics", runId, workspaceId, step: number, values }),
      ),
  };
}

function ofBareServer(url: string): Side {
  return {
    async open() {
      const socket = new WebSocket(url);
      await once(socket, "open");
      return socket;
    },
    // The same text as the product sends.
    begin: (number, by) =>
      by.send(JSON.stringify({ type: "metrics", id: "0195d2a0-0000-7000-8000-000000000001", step: number, values })),
  };
}
