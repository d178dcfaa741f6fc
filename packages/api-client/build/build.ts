import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { declarationsOf } from "./declarations.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const entry = join(packageFolder, "src/index.ts");

/**
 * Writes the package as it is published into a folder, which `npm pack` then takes whole: bundled modules with types of
 * their own, so that it needs no package of this repository nor any other.
 */
async function buildClient(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { index: entry },
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    minifySyntax: true,
    legalComments: "eof",
    logLevel: "error",
  });
  for (const [name, text] of declarationsOf(entry, compilerOptions())) await writeFile(join(folder, name), text);
  await writeFile(join(folder, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`);
  await copyFile(join(packageFolder, "README.md"), join(folder, "README.md"));
  await cp(join(packageFolder, "examples"), join(folder, "examples"), { recursive: true });
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  return folder;
}

/** The repository's own, with the names that a browser has. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const given = { ...config.compilerOptions, lib: ["ES2024", "DOM", "DOM.Iterable"], types: [] };
  return ts.convertCompilerOptionsFromJson(given, root).options;
}

/** What stands in it comes from the package's own manifest; what only the workspace needs stays behind. */
async function manifest(): Promise<object> {
  const { name, version, description, keywords } = JSON.parse(
    await readFile(join(packageFolder, "package.json"), "utf8"),
  );
  const { license, engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return {
    ...{ name, version, description, keywords, license },
    type: "module",
    sideEffects: false,
    engines: { node: engines.node },
    exports: { ".": { types: "./index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    types: "./index.d.ts",
    files: ["*.js", "*.d.ts", "examples"],
  };
}

console.log(await buildClient(process.argv[2] ?? join(packageFolder, "dist")));
