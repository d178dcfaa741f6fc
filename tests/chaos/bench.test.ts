import { openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimRows } from "../bench/claim/bench.ts";
import { crowdRows } from "../bench/sockets/bench.ts";
import { figuresRow } from "../bench/sockets/figures-row.ts";
import type { StandingApi } from "../bench/standing-api.ts";
import { spawnApi } from "../harness/api-process.ts";
import { freshDatabase, freshRedis } from "../harness/database.ts";

/** The short form of the benchmarks of a standing API: what they come to decides nothing here, only that they tell it. */
const effort = { rounds: 2, seconds: 0.5, tasks: 2_600 };
const quiet = () => {};

let standing: StandingApi;
beforeAll(async () => {
  const { url: databaseUrl, drop } = await freshDatabase();
  const redisUrl = await freshRedis();
  const api = await spawnApi({ databaseUrl, redisUrl });
  const { db, pool, close } = openDatabase(databaseUrl, { connections: 2 });
  const closeAll = async () => {
    await close();
    await api.kill();
    await drop();
  };
  standing = { db, pool, databaseUrl, redisUrl, api, close: closeAll };
});
afterAll(() => standing?.close());

describe("in a tiny form", () => {
  it("claim holds annotators against pgbench, many tasks against few, and one who is ahead against a newcomer", async () => {
    const rows = await claimRows(standing, () => true, { people: 2, few: 2_500, ahead: 500 }, effort, quiet);
    expect(rows.map((row) => row.case)).toEqual(["throughput", "p99", "flat-throughput", "flat-p99", "ahead"]);
    for (const row of rows) {
      expect(row.rounds?.ours).toHaveLength(effort.rounds);
      expect(row.value).toBeGreaterThan(0);
      // Where there is no pgbench, the reason says how to have it.
      if (row.peer === null) expect([row.case, row.why]).toEqual([row.case, expect.stringContaining("postgresql")]);
      else expect(row.ratio).toBeGreaterThan(0);
    }
    expect(rows.at(-1)).toMatchObject({ setting: "500 tasks ahead", peer: "0 tasks ahead" });
  });

  it("sockets tells the fan-out beside bare ws, what a client weighs, and what a flood does to the others", async () => {
    const rows = await crowdRows(standing, { sockets: 40, people: 2 }, effort, quiet);
    expect(rows.map((row) => row.case)).toEqual(["fanout-p99", "per-client", "flood"]);
    for (const row of rows.filter(({ unit }) => unit === "ms")) {
      expect(row.rounds).toMatchObject({ ours: { length: effort.rounds }, peer: { length: effort.rounds } });
      expect(row.value).toBeGreaterThan(0);
    }
  });

  it("figures takes the votes of one task, and has no peer", async () => {
    const row = await figuresRow(standing, 300, effort);
    expect(row).toMatchObject({ case: "figures", unit: "ms", peer: null, ratio: null });
    expect(row.value).toBeGreaterThan(0);
  });
});
