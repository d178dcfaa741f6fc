import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RedisBinary } from "./redis-binary.ts";

const run = promisify(execFile);

export type RedisInstallation = { binary: RedisBinary } | { binary?: never; reason: string };

/**
 * Unpacks Debian's redis-server, with the libraries that the system lacks, into the user's cache folder. Needs no root
 * and changes nothing of the system; the unpacked server is used again ever after.
 */
export async function installRedis(
  runs: (binary: RedisBinary) => boolean,
  log: (line: string) => void,
  cacheDir = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "touchstone"),
): Promise<RedisInstallation> {
  const root = join(cacheDir, "redis");
  const binary = binaryWithin(root);
  if (existsSync(root) && runs(binary)) return { binary };
  try {
    log("Fetching Redis from the Debian registry");
    mkdirSync(cacheDir, { recursive: true });
    const partial = mkdtempSync(join(cacheDir, "redis-partial-"));
    try {
      await unpack(partial, cacheDir);
      rmSync(root, { recursive: true, force: true });
      renameSync(partial, root);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
    return runs(binary) ? { binary } : { reason: "the unpacked redis-server does not run" };
  } catch (error) {
    return { reason: firstLine(error) };
  }
}

function binaryWithin(root: string): RedisBinary {
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const libraries = [join(root, "usr/lib", triplet), join(root, "lib", triplet)];
  const inherited = process.env.LD_LIBRARY_PATH ? [process.env.LD_LIBRARY_PATH] : [];
  return {
    command: join(root, "usr/bin/redis-server"),
    env: { LD_LIBRARY_PATH: [...libraries, ...inherited].join(":") },
  };
}

async function unpack(target: string, cacheDir: string): Promise<void> {
  const apt = await aptWithLists(cacheDir);
  const packages = await missingPackages(apt);
  await run("apt-get", [...apt, "download", ...packages], { cwd: target });
  for (const file of readdirSync(target).filter((name) => name.endsWith(".deb"))) {
    await run("dpkg", ["-x", join(target, file), target]);
    rmSync(join(target, file));
  }
}

/** The options under which apt knows redis-server: its own lists, else lists of ours, fetched without root. */
async function aptWithLists(cacheDir: string): Promise<string[]> {
  if (await knowsRedis([])) return [];
  const state = join(cacheDir, "apt");
  mkdirSync(join(state, "lists", "partial"), { recursive: true });
  mkdirSync(join(state, "archives", "partial"), { recursive: true });
  const own = ["-o", `Dir::State::Lists=${state}/lists`, "-o", `Dir::Cache=${state}`, "-o", "Debug::NoLocking=1"];
  // apt would hand the download to a user of its own, who may not write into this folder.
  const options = [...own, "-o", `APT::Sandbox::User=${process.getuid?.() === 0 ? "root" : ""}`];
  await run("apt-get", [...options, "update"]);
  return options;
}

async function knowsRedis(options: string[]): Promise<boolean> {
  const answer = await run("apt-cache", [...options, "policy", "redis-server"]);
  return /Candidate: \d/.test(answer.stdout);
}

/** What Debian 12's server links to and a small installation may lack. */
const ofDebian12 =
  "redis-server redis-tools libjemalloc2 liblzf1 libatomic1 liblua5.1-0 libhiredis0.14 lua-cjson lua-bitop";

/** What `apt-get install redis-server` would add to this system, from a dry run: the server, its tools, its libraries. */
async function missingPackages(options: string[]): Promise<string[]> {
  const dryRun = ["install", "--simulate", "--no-install-recommends", "redis-server"];
  const names = await run("apt-get", [...options, ...dryRun], { env: { ...process.env, LC_ALL: "C" } }).then(
    ({ stdout }) => [...stdout.matchAll(/^Inst (\S+)/gm)].flatMap(([, name]) => name ?? []),
    // A system with unmet dependencies of its own answers no dry run.
    () => [],
  );
  // Also where redis-server is installed, yet not on the search path.
  return names.length > 0 ? names : ofDebian12.split(" ");
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").find((line) => line.startsWith("E:")) ?? message.split("\n")[0] ?? message;
}
