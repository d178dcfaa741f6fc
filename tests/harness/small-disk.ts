import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own, in memory, that can be filled to the last byte and freed again. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  free(): void;
  remove(): void;
}

/** Why there can be none here; undefined where there can. */
export function noSmallDisk(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "only root on Linux mounts a disk";
  const trial = mkdtempSync(join(tmpdir(), "disk-trial-"));
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", trial], { encoding: "utf8" });
  if (status === 0) spawnSync("umount", [trial]);
  rmdirSync(trial);
  return status === 0 ? undefined : `no disk could be mounted: ${stderr?.trim() ?? "there is no mount"}`;
}

/** @throws Error where `noSmallDisk` says why */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  const options = ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", folder];
  const { status, stderr } = spawnSync("mount", options, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The disk could not be mounted: ${stderr}`);
  chmodSync(folder, 0o711);
  const filler = join(folder, "filler");
  return {
    folder,
    fill: () => fill(filler),
    free: () => rmSync(filler, { force: true }),
    remove() {
      // Lazily: what is still open there goes with its last handle.
      spawnSync("umount", ["--lazy", folder]);
      rmdirSync(folder);
    },
  };
}

/** Large pieces first, then what is left page by page. */
function fill(file: string): void {
  const descriptor = openSync(file, "a");
  try {
    for (const size of [1024 * 1024, 4096, 1]) {
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(size));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
