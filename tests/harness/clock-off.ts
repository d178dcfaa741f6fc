import { existsSync } from "node:fs";

/** Where Debian's package puts it, by the machine's architecture. */
const library = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
  .map((triplet) => `/usr/lib/${triplet}/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file));

/** Why no process can be given a clock that is off; undefined where one can. */
export const noClockOff =
  library === undefined ? "libfaketime is not installed (apt-get install libfaketime)" : undefined;

/** What a process is started with so that its clock is off, while its timers run as ever. */
export function clockOff(by: "+1h" | "-1h"): Record<string, string> {
  if (library === undefined) throw new Error(noClockOff);
  return { LD_PRELOAD: library, FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
