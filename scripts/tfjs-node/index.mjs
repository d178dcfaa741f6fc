import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { quietly } from "../setup/command.mjs";
import { setUp } from "../setup/index.mjs";
import { cacheFile, root } from "../setup/paths.mjs";
import { SetupError, step } from "../setup/progress.mjs";
import { fetchTensorFlow } from "./tensorflow.mjs";

const name = "@tensorflow/tfjs-node";
/** The newest of Node's binary interfaces that the package builds for; the folder of the addon is called after it. */
const nodeApi = 8;

/**
 * Builds tfjs-node where its own install script can't download TensorFlow's C library: takes the library out of a wheel
 * of the Python registry, and compiles the package's own source against it. Optional, and no part of set-up.
 */
export async function buildTfjsNode() {
  refuseOtherMachines();
  await setUp({ apps: [] });
  const work = mkdtempSync(`${cacheFile("tfjs-node")}-`);
  try {
    const folder = await step(`Fetching ${name}`, () => fetchPackage(work));
    const include = await step("Fetching TensorFlow (200 MB)", () =>
      fetchTensorFlow(work, join(folder, "deps", "lib")),
    );
    await step("Compiling the addon", () => compile(folder, include));
    await step("Putting it in place", () => putInPlace(folder));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write(
    `tfjs-node is the first choice of every command now. TOUCHSTONE_ENGINE=wasm leaves it aside; without ${installed} it is gone.\n`,
  );
}

const installed = join("node_modules", name);

function refuseOtherMachines() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major > 20) {
    throw new SetupError(
      `tfjs-node runs on Node.js 18 to 20; this is ${process.versions.node}. WebAssembly runs here.`,
    );
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupError(
      `This script knows the library for Linux on x64 only; this is ${process.platform} on ${process.arch}.`,
    );
  }
}

/** The very package that the lockfile names, unpacked. */
async function fetchPackage(work) {
  const entry = readFileSync(join(root, "pnpm-lock.yaml"), "utf8").match(
    /'@tensorflow\/tfjs-node@([^']+)':\n\s+resolution: \{integrity: ([^}]+)\}/,
  );
  if (!entry) throw new SetupError(`The lockfile does not name ${name}.`);
  const [, version, integrity] = entry;
  const told = await quietly("npm", ["pack", `${name}@${version}`, "--json", "--pack-destination", work]);
  const [packed] = JSON.parse(told.slice(told.indexOf("[")));
  if (packed.integrity !== integrity) {
    throw new SetupError(`${name}@${version} is not the package of the lockfile: ${packed.integrity}`);
  }
  await quietly("tar", ["-xzf", join(work, packed.filename.replace("@", "").replace("/", "-")), "-C", work]);
  return join(work, "package");
}

/** What its binding.gyp would do, without node-gyp, which would download Node's headers. */
async function compile(folder, include) {
  const addon = join(folder, "lib", `napi-v${nodeApi}`, "tfjs_binding.node");
  mkdirSync(dirname(addon), { recursive: true });
  const libraries = join(folder, "deps", "lib");
  await quietly(process.env.CXX || "c++", [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", `-DNAPI_VERSION=${nodeApi}`],
    ...[`-I${nodeHeaders()}`, `-I${folder}`, `-I${include}`],
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(folder, "binding", file)),
    ...["-o", addon, `-L${libraries}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    // Seen from the addon's folder, wherever the package lies.
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ]);
}

/** Of a package of the checkout, or those that came with Node. */
function nodeHeaders() {
  const places = [
    join(root, "node_modules", "node-api-headers", "include"),
    join(process.execPath, "../../include/node"),
  ];
  const found = places.find((place) => existsSync(join(place, "node_api.h")));
  if (found === undefined)
    throw new SetupError("Node's headers (node_api.h) are missing; Debian has them in libnode-dev.");
  return found;
}

/** Tried once from its place, beside the packages that it needs; what does not work does not stay. */
async function putInPlace(folder) {
  const place = join(root, installed);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  renameSync(folder, place);
  const trial = `const tf = require("${name}"); const x = tf.tensor2d([[1, 2], [3, 4]]);
    if (tf.getBackend() !== "tensorflow" || x.matMul(x).dataSync().join() !== "7,10,15,22") process.exit(1);`;
  try {
    await quietly(process.execPath, ["-e", trial]);
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw error;
  }
}
