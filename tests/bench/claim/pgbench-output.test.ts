import { expect, test } from "vitest";
import { rateOf, transactionTimes } from "./pgbench-output.ts";

const printed = `pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.1)
transaction type: judging.sql
scaling factor: 1
query mode: prepared
number of clients: 16
number of threads: 2
maximum number of tries: 1
duration: 4 s
number of transactions actually processed: 5172
number of failed transactions: 0 (0.000%)
latency average = 12.371 ms
initial connection time = 41.337 ms
tps = 1293.345618 (without initial connection time)
`;

test("the rate is the one without the time of connecting, and none is an error with pgbench's last words", () => {
  expect(rateOf(printed)).toBe(1293.345618);
  expect(() => rateOf("pgbench: error: connection refused\n")).toThrow("connection refused");
});

test("the log gives what each transaction took but a client's first", () => {
  const log =
    "0 0 41337 0 1764230400 123456\n1 0 39876 0 1764230400 123999\n0 1 2503 0 1764230400 130000\n1 1 988 0 1764230400 131000\n";
  expect(transactionTimes(log)).toEqual([2.503, 0.988]);
  expect(transactionTimes("")).toEqual([]);
});
