import { bundle, bundledApps } from "./bundle.mjs";
import { generate } from "./generate.mjs";
import { install } from "./install.mjs";
import { whileSettingUp } from "./lock.mjs";
import { buildAccelerator } from "./native.mjs";
import { SetupError } from "./progress.mjs";
import { buildWeb } from "./web.mjs";

export { tellFailure } from "./progress.mjs";

/**
 * Makes the checkout ready to run: dependencies, database client, native accelerator, bundles, pages. Each step is skipped where nothing it
 * reads has changed. `apps` narrows down what is built; without it, everything is.
 */
export async function setUp({ apps = [...bundledApps, "web"] }) {
  const unknown = apps.filter((app) => app !== "web" && !bundledApps.includes(app));
  if (unknown.length > 0) throw new SetupError(`There is no app called ${unknown.join(", ")}.`);
  await whileSettingUp(async () => {
    await install();
    await generate();
    await buildAccelerator();
    for (const app of bundledApps.filter((name) => apps.includes(name))) await bundle(app);
    if (apps.includes("web")) await buildWeb();
  });
}
