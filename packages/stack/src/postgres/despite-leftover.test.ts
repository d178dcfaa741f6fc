import { describe, expect, it, vi } from "vitest";
import { despiteLeftover } from "./despite-leftover.ts";

/** As the supervisor tells it, with the last lines of Postgres's log. */
const taken = () =>
  new Error(
    [
      "Postgres ended at once (exit code 1).",
      'FATAL:  lock file "postmaster.pid" already exists',
      'HINT:  Is another postmaster (PID 812) running in data directory "/data/postgres"?',
    ].join("\n"),
  );

describe("a start of Postgres", () => {
  it("is tried once more where a Postgres of a killed run came up in between", async () => {
    const start = vi.fn<() => Promise<string>>().mockRejectedValueOnce(taken()).mockResolvedValue("up");
    expect(await despiteLeftover(start)).toBe("up");
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("is tried no third time: whoever is still there is no leftover", async () => {
    const again = taken();
    const start = vi.fn<() => Promise<string>>().mockRejectedValueOnce(taken()).mockRejectedValueOnce(again);
    await expect(despiteLeftover(start.mockResolvedValue("up"))).rejects.toBe(again);
    expect(start).toHaveBeenCalledTimes(2);
  });

  it.each([new Error("Postgres ended at once (exit code 1).\nFATAL:  could not map shared memory"), "cancelled"])(
    "is not tried again for another reason: %s",
    async (reason) => {
      const start = vi.fn<() => Promise<string>>().mockRejectedValueOnce(reason).mockResolvedValue("up");
      await expect(despiteLeftover(start)).rejects.toBe(reason);
      expect(start).toHaveBeenCalledOnce();
    },
  );

  it("is one start where nothing is in the way", async () => {
    const start = vi.fn(async () => "up");
    expect(await despiteLeftover(start)).toBe("up");
    expect(start).toHaveBeenCalledOnce();
  });
});
