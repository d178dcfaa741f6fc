import { openDatabase } from "@touchstone/persistence";
import { describe, expect, it, onTestFinished } from "vitest";
import { spawnApi } from "../harness/api-process.ts";
import { clockOff, noClockOff } from "../harness/clock-off.ts";
import { freshDatabase, freshRedis } from "../harness/database.ts";
import { endsElsewhere } from "./faults/clock.ts";

const skipped = noClockOff === undefined ? "" : ` (skipped: ${noClockOff})`;

describe.skipIf(noClockOff !== undefined)(`an API whose clock is off${skipped}`, () => {
  it.each(["+1h", "-1h"] as const)(
    "by %s ends leases, links, tokens, sessions and tickets when the others do: by the database's clock",
    async (by) => {
      const scratch = await freshDatabase();
      onTestFinished(() => scratch.drop());
      const where = { databaseUrl: scratch.url, redisUrl: await freshRedis() };
      const apis = await Promise.all([spawnApi(where), spawnApi({ ...where, env: clockOff(by) })]);
      onTestFinished(async () => void (await Promise.all(apis.map((api) => api.kill()))));
      const { db, close } = openDatabase(scratch.url);
      onTestFinished(close);
      expect(await endsElsewhere({ db, right: apis[0].url, off: apis[1].url })).toEqual([]);
    },
  );
});
