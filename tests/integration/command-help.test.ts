import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const helpOf = (command: string) =>
  execFileSync("node", ["scripts/run.mjs", command, "--help"], { cwd: root, encoding: "utf8" });

describe("--help", () => {
  it.each([
    ["bench", "--rounds"],
    ["import", "questionnaire of the project"],
    ["experiment", "tiny-shakespeare"],
    ["loop", "--preset"],
    ["rlhf", "prepare"],
    ["operator", "workspace"],
    ["backup", "--key-file"],
    ["restore", "TOUCHSTONE_BACKUP_KEY"],
  ])("of %s is help that names %s, and no error", (command, named) => {
    const told = helpOf(command);
    expect(told).toMatch(/^Usage: /m);
    expect(told).toContain(named);
  });
});
