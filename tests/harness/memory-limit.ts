import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A control group in which the kernel ends whoever asks for more memory than there is. */
export interface MemoryLimit {
  /** Puts a process there; what it holds already stays, and the next memory that it wants is too much. */
  hold(pid: number): void;
  /** When nobody is left in it. */
  remove(): void;
}

/** Leaves a process nothing that it could work with, in bytes. */
const tooLittle = 4 * 1024 * 1024;

/** @returns why there can be none here, as where this isn't root or the groups are version 2 and in other hands. */
export function memoryLimit(): MemoryLimit | string {
  try {
    const own = /^\d+:memory:(.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"))?.[1];
    if (own === undefined) return "there are no memory control groups of version 1";
    const folder = join("/sys/fs/cgroup/memory", own, `touchstone-${process.pid}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "memory.limit_in_bytes"), String(tooLittle));
    return {
      hold: (pid) => writeFileSync(join(folder, "cgroup.procs"), String(pid)),
      remove: () => rmdirSync(folder),
    };
  } catch (error) {
    return `no memory control group could be made: ${error instanceof Error ? error.message : error}`;
  }
}
