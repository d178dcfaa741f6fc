import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./paths.mjs";

/** Outside the checkout: an install may empty node_modules while the lock is held. */
const file = join(tmpdir(), `touchstone-setup-${createHash("sha256").update(root).digest("hex").slice(0, 16)}.lock`);

/** One set-up of a checkout at a time; a second one waits for the first and then finds its work done. */
export async function whileSettingUp(action) {
  let told = false;
  while (!taken()) {
    if (!told) process.stderr.write("Another command is setting this checkout up; waiting for it\n");
    told = true;
    await sleep(250);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await action();
  } finally {
    release();
    process.removeListener("exit", release);
  }
}

function taken() {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!holderIsAlive()) rmSync(file, { force: true });
    return false;
  }
}

function holderIsAlive() {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
