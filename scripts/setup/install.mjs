import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { quietly } from "./command.mjs";
import { root } from "./paths.mjs";
import { step } from "./progress.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const pnpmMajor = "12";
const pnpmVersion = "12.20.0";

/** Installs the dependencies that the lockfile names. */
export async function install() {
  const manifests = ["apps", "packages"].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => `${room}/${name}/package.json`),
  );
  const inputs = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests];
  await unlessUnchanged({ name: "install", inputs, output: "node_modules/esbuild" }, () =>
    step("Installing dependencies", async () => {
      const [program, ...args] = pnpm();
      // CI=true: pnpm must not ask before it replaces a node_modules of another shape.
      await quietly(program, [...args, "install", "--frozen-lockfile"], { CI: "true" });
    }),
  );
}

/** The pnpm of the search path where its major version fits, else one that npm fetches. */
function pnpm() {
  const onPath = spawnSync("pnpm", ["--version"], { cwd: root, encoding: "utf8" });
  const fits = onPath.status === 0 && onPath.stdout.trim().split(".")[0] === pnpmMajor;
  return fits ? ["pnpm"] : ["npx", "--yes", `pnpm@${pnpmVersion}`];
}
