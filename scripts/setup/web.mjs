import { join } from "node:path";
import { quietly } from "./command.mjs";
import { root, tool } from "./paths.mjs";
import { step } from "./progress.mjs";
import { unlessUnchanged } from "./stamp.mjs";

/** Builds the pages for production. */
export async function buildWeb() {
  const packages = ["contracts", "api-client", "labeling"].map((name) => `packages/${name}`);
  const inputs = ["apps/web", ...packages, "pnpm-lock.yaml", "tsconfig.json"];
  await unlessUnchanged({ name: "web", inputs, output: "apps/web/.next/BUILD_ID" }, () =>
    step("Building the pages", () => {
      const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
      return quietly(tool("next"), ["build"], env, join(root, "apps", "web"));
    }),
  );
}
