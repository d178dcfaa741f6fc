import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openly, quietly } from "../setup/command.mjs";
import { cacheFile, tool } from "../setup/paths.mjs";
import { stepBeside, tellFailure } from "../setup/progress.mjs";
import { unlessEnding } from "../setup/stop.mjs";
import { ensureChromium } from "./chromium.mjs";

const checks = [
  ["Lint", "biome", ["check", "--error-on-warnings", "."]],
  ["Types", "tsc", ["--noEmit", "-p", "tsconfig.json"]],
  ["Types of the pages", "tsc", ["--noEmit", "-p", "apps/web/tsconfig.json"]],
  ["Types of the service worker", "tsc", ["--noEmit", "-p", "apps/web/worker/tsconfig.json"]],
  ["Types of the tests in browsers", "tsc", ["--noEmit", "-p", "tests/e2e/tsconfig.json"]],
  ["Dependency rule", "depcruise", ["--config", ".dependency-cruiser.cjs", "apps", "packages", "tests"]],
  ["Unused code and dependencies", "knip", []],
];

/** A suite is the projects of `vitest.config.ts` whose names begin with its own. */
const suites = ["unit", "integration", "chaos", "experiments", "e2e"];

/**
 * The whole proof, cheapest first; stops at the first failure. The last line but the timings is the sum over all suites:
 * `N passed, N failed, N skipped`. Names of suites narrow it down to those. Resolves to the exit code.
 */
export async function runTests(names) {
  const wanted = names.length > 0 ? suites.filter((suite) => names.includes(suite)) : suites;
  useTemporaryFolder();
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const timings = [];
  const timed = async (title, action) => {
    const startedAt = Date.now();
    try {
      return await action();
    } finally {
      timings.push(`${title} ${Math.round((Date.now() - startedAt) / 1000)} s`);
    }
  };
  try {
    if (wanted.includes("e2e")) await ensureChromium();
    if (names.length === 0) await runChecks(timed);
    for (const suite of wanted) await timed(suite, () => runSuite(suite, sum));
  } catch (error) {
    await unlessEnding();
    tellFailure(error);
    sum.failed = Math.max(sum.failed, 1);
  }
  process.stdout.write(`\n${timings.join(" · ")}\n`);
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return sum.failed > 0 ? 1 : 0;
}

/** Whatever a test that is cut off leaves lying about lies in a folder that goes with this process. */
function useTemporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-tests-"));
  // Run by root, Postgres is another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

/** Two at a time, since each keeps one core busy; none begins after one has failed. */
async function runChecks(timed) {
  const waiting = [...checks];
  const lane = async () => {
    try {
      for (let check = waiting.shift(); check; check = waiting.shift()) await timed(check[0], () => runCheck(check));
    } finally {
      waiting.length = 0;
    }
  };
  const failed = (await Promise.allSettled([lane(), lane()])).find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

const runCheck = ([title, program, args]) => stepBeside(title, () => quietly(tool(program), args));

async function runSuite(suite, sum) {
  process.stdout.write(`\n── ${suite} ──\n`);
  const report = cacheFile(`test-${suite}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await openly(tool("vitest"), ["run", "--project", `${suite}*`, ...reporters]);
  const result = JSON.parse(readFileSync(report, "utf8"));
  sum.passed += result.numPassedTests;
  sum.failed += result.numFailedTests;
  sum.skipped += result.numPendingTests + result.numTodoTests;
  if (code !== 0) throw new Error(`The ${suite} tests failed.`);
}
