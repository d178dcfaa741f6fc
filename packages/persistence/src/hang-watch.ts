import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const everyMs = 500;
/** A server that does not answer SELECT 1 for so long answers nothing, in ms; whoever waits for it is told so. */
const silenceMs = 3_000;

/**
 * Cuts the connections of pools where Postgres hangs (a stopped process, a disk that does not answer): what waits on them
 * fails as it does where Postgres is away, within five seconds, rather than for as long as that lasts. A statement that is
 * only slow goes on, since the server answers beside it. Returns the way to stop.
 */
export function watchForHangs(url: string, pools: readonly pg.Pool[], onHang: () => void): () => Promise<void> {
  const sockets = socketsOf(pools);
  const stop = new AbortController();
  const watching = watch();

  async function watch(): Promise<void> {
    let probe: pg.Client | undefined;
    while (!stop.signal.aborted) {
      probe ??= probeOf(url);
      const answer = await answerOf(probe, stop.signal);
      if (answer !== "answered") {
        void probe.end().catch(() => undefined);
        probe = undefined;
      }
      if (answer === "silent") {
        onHang();
        for (const socket of sockets) socket.destroy(new Error("Connection terminated: Postgres does not answer"));
      }
      await sleep(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
    await probe?.end().catch(() => undefined);
  }

  return async () => {
    stop.abort();
    await watching;
  };
}

/** The open sockets of pools, as they come and go. */
function socketsOf(pools: readonly pg.Pool[]): Set<pg.Connection["stream"]> {
  const sockets = new Set<pg.Connection["stream"]>();
  const keep = (client: pg.PoolClient) => {
    if (!(client instanceof pg.Client)) return;
    const { stream } = client.connection;
    sockets.add(stream);
    stream.once("close", () => sockets.delete(stream));
  };
  for (const pool of pools) pool.on("connect", keep);
  return sockets;
}

interface Probe extends pg.Client {
  ready?: Promise<unknown>;
}

function probeOf(url: string): Probe {
  const probe: Probe = new pg.Client({ connectionString: url, keepAlive: true });
  probe.on("error", () => undefined);
  probe.ready = probe.connect();
  probe.ready.catch(() => undefined);
  return probe;
}

async function answerOf(probe: Probe, stop: AbortSignal): Promise<"answered" | "away" | "silent" | "stopped"> {
  let answer: "answered" | "away" | undefined;
  const asked = (probe.ready ?? Promise.resolve())
    .then(() => probe.query("SELECT 1"))
    .then(
      () => {
        answer = "answered";
      },
      () => {
        answer = "away";
      },
    );
  await Promise.race([asked, sleep(silenceMs, undefined, { signal: stop, ref: false }).catch(() => undefined)]);
  // The answer may be here already, unread, where this process itself was held up.
  await nextTurn();
  await nextTurn();
  if (stop.aborted) return answer ?? "stopped";
  return answer ?? "silent";
}
