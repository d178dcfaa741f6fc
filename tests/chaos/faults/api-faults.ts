import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrate, openDatabase } from "@touchstone/persistence";
import { openStack, type Stack } from "@touchstone/stack";
import { type ApiProcess, spawnApi } from "../../harness/api-process.ts";
import { clockOff, noClockOff } from "../../harness/clock-off.ts";
import { temporaryFolder } from "../../harness/touchstone.ts";
import { endsElsewhere } from "./clock.ts";
import { type Measured, underLoad } from "./under-load.ts";

const migrations = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
/** What happens between several APIs on one database: one of them killed, one whose clock is an hour off. */
export async function apiFaults(
  tell: (row: Measured) => void,
  skip: (what: string, why: string) => void,
): Promise<void> {
  const folder = temporaryFolder();
  const stack = await openStack({ dataDir: join(folder, "data"), log: () => undefined, env: {} });
  try {
    await migrate(stack.databaseUrl, migrations);
    await withApis(stack, [{}, {}], async (world, apis) => {
      tell(
        await underLoad("one of two APIs killed", world, async () => {
          await apis.shift()?.kill("SIGKILL");
          await sleep(3_000);
        }),
      );
    });
    for (const by of ["+1h", "-1h"] as const) {
      const fault = `clock of one of two APIs off by ${by}; leases, links, tokens, sessions, tickets`;
      if (noClockOff !== undefined) {
        skip(fault, noClockOff);
        continue;
      }
      await withApis(stack, [{}, clockOff(by)], async (world, [right, off]) => {
        const measured = await underLoad(fault, world, () => sleep(3_000));
        const ends = await endsElsewhere({ db: world.db, right: right?.url ?? "", off: off?.url ?? "" });
        tell({ ...measured, broken: [...measured.broken, ...ends] });
      });
    }
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Where = Parameters<typeof underLoad>[1];

/** Requests go to those that live by turns, as behind a proxy. */
async function withApis(
  stack: Stack,
  environments: readonly Record<string, string>[],
  work: (world: Where, apis: ApiProcess[]) => Promise<void>,
): Promise<void> {
  const { databaseUrl, redisUrl } = stack;
  const unlimited = { TOUCHSTONE_REQUESTS_PER_MINUTE: "1000000" };
  const all = await Promise.all(
    environments.map((env) => spawnApi({ databaseUrl, redisUrl, env: { ...unlimited, ...env } })),
  );
  const living = [...all];
  const database = openDatabase(databaseUrl);
  let turn = 0;
  const url = () => living[turn++ % living.length]?.url ?? "";
  try {
    await work({ db: database.db, url }, living);
  } finally {
    await database.close();
    await Promise.all(all.map((api) => api.kill("SIGTERM")));
  }
}
