import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noSmallDisk, type SmallDisk, smallDisk } from "../../harness/small-disk.ts";
import { temporaryFolder } from "../../harness/touchstone.ts";
import { type Measured, underLoad } from "./under-load.ts";
import { inWorld } from "./world.ts";

/** How long there is no room, in ms. */
const full = 8_000;

/** Each of the three folders full, and freed again. */
export async function diskFaults(
  tell: (row: Measured) => void,
  skip: (what: string, why: string) => void,
): Promise<void> {
  const why = noSmallDisk();
  if (why !== undefined) return skip("disk full and freed again", why);
  await onDisk(512, async (disk) => {
    await inWorld(async (world) => tell(await fillDuring("data folder", world, disk)), {}, join(disk.folder, "data"));
  });
  await onDisk(64, async (disk) => {
    const env = { TOUCHSTONE_FILES_DIR: join(disk.folder, "files") };
    await inWorld(async (world) => tell(await fillDuring("files folder", world, disk)), env);
  });
  await onDisk(16, async (disk) => {
    const dataDir = join(temporaryFolder(), "data");
    mkdirSync(dataDir, { mode: 0o711 });
    symlinkSync(disk.folder, join(dataDir, "logs"));
    await inWorld(async (world) => tell(await fillDuring("logs", world, disk)), {}, dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  });
}

async function onDisk(megabytes: number, work: (disk: SmallDisk) => Promise<void>): Promise<void> {
  const disk = smallDisk(megabytes);
  try {
    await work(disk);
  } finally {
    disk.remove();
  }
}

type Where = Parameters<typeof underLoad>[1];

function fillDuring(what: string, world: Where, disk: SmallDisk): Promise<Measured> {
  return underLoad(`${what} full for ${full / 1_000} s`, world, async () => {
    disk.fill();
    await sleep(full);
    disk.free();
  });
}
