import { cpus } from "node:os";

/**
 * Names everything on which the exact bits of a training run depend: two runs with equal seed, data and fingerprint end
 * with equal weights.
 *
 * @param build package, version and override version of the engine, such as `tfjs-wasm 4.22.0 kernels 1`
 * @param workers number of processes or threads that share one step
 */
export function engineFingerprint(build: string, features: readonly string[], workers: number): string {
  const cpu = cpus()[0]?.model.trim().replace(/\s+/g, " ") ?? "unknown CPU";
  const machine = [process.arch, cpu, ...features].join(", ");
  return `${build} | ${machine} | node ${process.versions.node} | workers ${workers}`;
}
