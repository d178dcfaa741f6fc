/**
 * Transactions a second, of what pgbench prints when it ends.
 *
 * @throws Error where it says none
 */
export function rateOf(output: string): number {
  const [, rate] = /^tps = ([\d.]+) \(without initial connection time\)$/m.exec(output) ?? [];
  if (rate === undefined) throw new Error(`pgbench told no rate: ${output.trim().split("\n").at(-1)}`);
  return Number(rate);
}

/**
 * What each transaction took, in milliseconds, of the log that `pgbench --log` writes: a line each, with the client, the
 * client's count from 0, and the time in microseconds. The first of each client opens its work and does not count.
 */
export function transactionTimes(log: string): number[] {
  return log.split("\n").flatMap((line) => {
    const [, count, microseconds] = line.split(" ");
    return microseconds === undefined || count === "0" ? [] : [Number(microseconds) / 1_000];
  });
}
