import { it } from "vitest";
import { type Point, signalled } from "./faults/signals.ts";

/**
 * The short form of `npm run chaos -- signals`: a point in each stage that once lost a signal or left something behind. While
 * node reads what has changed no listener may be between two hands; later there are servers, a worker or a test runner.
 */
const points: Point[] = [
  { command: "start", at: 200, signal: "SIGTERM", to: "node" },
  { command: "start", at: 3_000, signal: "SIGTERM", to: "npm" },
  { command: "loop", at: 2_500, signal: "SIGTERM", to: "npm" },
  { command: "loop", at: 6_000, signal: "SIGINT", to: "group" },
  { command: "rlhf", at: 2_500, signal: "SIGTERM", to: "npm" },
  { command: "test", at: 4_000, signal: "SIGTERM", to: "npm" },
];

it.concurrent.for(points)(
  "$signal to $to at $at ms of $command leaves neither process nor file",
  async (point, { expect }) => {
    const outcome = await signalled(point);
    expect(outcome).toMatchObject({ left: [] });
    expect(outcome.code).not.toBe("did not end");
  },
);
