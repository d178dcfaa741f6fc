import { defineConfig } from "vitest/config";
import { filesAtOnce } from "./tests/harness/files-at-once.ts";
import { LongestFirst } from "./tests/harness/longest-first.ts";

/** Leave a state in their process: a TensorFlow.js back end with its heap, and whatever is asked of its memory. */
const ofTheEngine = ["packages/engine/**/*.test.ts", "packages/rlhf/**/*.test.ts"];

const unit = {
  exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**"],
  // One process a core; by itself vitest leaves one core free, which on a machine of two is half of them.
  maxWorkers: "100%",
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** How long a test waits for what comes by itself, in ms: it decides how soon a failure shows, and nothing else. */
const patience = { poll: { timeout: 20_000 } };

/** One project a cost: unit tests need nothing, integration and chaos share an embedded Postgres and a Redis for each file at work. */
const withStack = {
  expect: patience,
  globalSetup: ["tests/harness/global-setup.ts"],
  maxWorkers: filesAtOnce,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...unit,
          name: "unit",
          include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "tests/bench/**/*.test.ts"],
          exclude: [...unit.exclude, ...ofTheEngine],
          // A process for each file would take longer to start, and to import what the last one had, than most files take.
          isolate: false,
        },
      },
      { test: { ...unit, name: "unit-engine", include: ofTheEngine } },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          ...withStack,
          // As for the unit tests: each would import the whole API anew.
          isolate: false,
        },
      },
      {
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          ...withStack,
          testTimeout: 300_000,
        },
      },
      {
        test: {
          // Not in `npm test`: Python's libraries for training are gigabytes (`npm run python-loads`).
          name: "python",
          include: ["tests/python/**/*.test.ts"],
          ...withStack,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: "experiments",
          include: ["tests/experiments/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Nor this: it fetches a model of 93 MB and works for a quarter of an hour (`npm run real-walk`).
          name: "real",
          include: ["tests/e2e/real/*.test.ts"],
          globalSetup: ["tests/e2e/begun-folder.ts"],
          expect: patience,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/*.test.ts"],
          globalSetup: ["tests/e2e/begun-folder.ts"],
          maxWorkers: filesAtOnce,
          expect: patience,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
