import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { root } from "./paths.mjs";
import { SetupError, step } from "./progress.mjs";
import { unlessUnchanged } from "./stamp.mjs";

/** The entry of each bundled app, below its src/. */
const entries = { api: "server.ts", worker: "main.ts", cli: "main.ts" };
export const bundledApps = Object.keys(entries);

/**
 * Bundles an app and our packages into `apps/APP/dist`, since Node 20 runs no TypeScript. Every `NAME.thread.ts` below
 * its src/ or that of a package it depends on becomes an entry of its own, `dist/NAME.thread.js`, for worker_threads.
 */
export async function bundle(app) {
  const inputs = [
    `apps/${app}/src`,
    `apps/${app}/package.json`,
    "packages",
    "pnpm-lock.yaml",
    "scripts/setup/bundle.mjs",
  ];
  const output = `apps/${app}/dist/${entries[app].replace(/\.ts$/, ".js")}`;
  await unlessUnchanged({ name: `bundle-${app}`, inputs, output }, () => step(`Bundling ${app}`, () => build(app)));
}

async function build(app) {
  const { build: esbuild, stop } = await import("esbuild");
  const source = join(root, "apps", app, "src");
  const outdir = join(root, "apps", app, "dist");
  const entry = join(source, entries[app]);
  if (!existsSync(entry)) throw new SetupError(`There is no ${relative(root, entry)} to bundle.`);
  const threads = [source, ...packageSources(app)].flatMap(threadEntries);
  // Each by itself: what a thread shares with the main one it would load whole, Prisma and all schemas, and keep a second time.
  const outputs = [];
  for (const file of [entry, ...threads]) {
    const { metafile } = await esbuild({
      entryPoints: [{ in: file, out: basename(file, ".ts") }],
      outdir,
      absWorkingDir: root,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      // Lazy imports stay lazy: a command loads only what it runs.
      splitting: true,
      sourcemap: true,
      // Every thread holds its map in memory. Lines are named without the sources in it.
      sourcesContent: false,
      metafile: true,
      logLevel: "silent",
      plugins: [ownPackagesOnly],
    }).catch((error) => {
      throw new SetupError(error.message);
    });
    outputs.push(...Object.keys(metafile.outputs));
  }
  await stop();
  removeAllBut(
    outdir,
    outputs.map((file) => join(root, file)),
  );
}

/** Packages whose files do nothing when they are loaded: those of which nothing is used stay out. */
const pure = new Set(["contracts", "datasets", "labeling", "persistence"]);
const inPure = (file) => pure.has(/[/\\]packages[/\\](\w+)[/\\]src[/\\]/.exec(file)?.[1]);
/** Marks what the plugin itself asks esbuild to resolve. */
const asked = Symbol("asked");

/** Our packages go into the bundle, from source; what comes from the registry stays in node_modules. */
const ownPackagesOnly = {
  name: "own-packages-only",
  setup(build) {
    build.onResolve({ filter: /^@touchstone\// }, ({ path }) => {
      const name = path.slice("@touchstone/".length);
      return { path: join(root, "packages", name, "src", "index.ts"), sideEffects: !pure.has(name) };
    });
    build.onResolve({ filter: /^\.\.?\// }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === asked || !inPure(importer)) return undefined;
      const resolved = await build.resolve(path, { importer, resolveDir, kind, pluginData: asked });
      return { ...resolved, sideEffects: false };
    });
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path, external: true },
    );
  },
};

function packageSources(app) {
  const { dependencies } = JSON.parse(readFileSync(join(root, "apps", app, "package.json"), "utf8"));
  const own = Object.keys(dependencies).filter((name) => name.startsWith("@touchstone/"));
  return own.map((name) => join(root, "packages", name.slice("@touchstone/".length), "src"));
}

function threadEntries(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".thread.ts"));
  return files.map((name) => join(folder, name));
}

/** Chunks carry a hash in their name, and those of former builds would pile up. */
function removeAllBut(folder, kept) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (/\.js(\.map)?$/.test(name) && !kept.includes(file)) rmSync(file, { force: true });
  }
}
