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
  // Nobody is left to pass it on: the trainer notices the end of its parent.
  { command: "rlhf", at: 3_500, signal: "SIGKILL", to: "node" },
  // It writes its file when all is drawn: until then there is none, not even a part.
  { command: "generate", at: 6_000, signal: "SIGTERM", to: "node" },
  { command: "generate", at: 8_000, signal: "SIGINT", to: "group" },
  { command: "test", at: 9_000, signal: "SIGINT", to: "group" },
];

it.concurrent("a trainer that hears nothing any more is ended all the same", async ({ expect }) => {
  const outcome = await signalled({ command: "rlhf", at: 4_000, signal: "SIGTERM", to: "npm", isDeaf: true });
  // Its run directory is as a kill leaves it, and the same command goes on in it.
  expect(outcome.left.filter((each) => !each.startsWith("run/"))).toEqual([]);
  expect(outcome.code).not.toBe("did not end");
});

it.concurrent.for(points)(
  "$signal to $to at $at ms of $command leaves neither process nor file",
  async (point, { expect }) => {
    const outcome = await signalled(point);
    expect(outcome).toMatchObject({ left: [] });
    expect(outcome.code).not.toBe("did not end");
  },
);
