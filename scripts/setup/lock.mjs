import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    if (!someHolderIsAlive()) rmSync(file, { force: true });
  } catch {
    // Released between the two looks.
  }
  return false;
}

/** A program that set-up runs holds the lock as well: it may outlive a set-up that is killed, and must not be doubled. */
export function alsoHeldBy(pid) {
  try {
    if (readFileSync(file, "utf8").startsWith(`${process.pid}\n`)) appendFileSync(file, `${pid}\n`);
  } catch {
    // Nothing is being set up.
  }
}

const someHolderIsAlive = () => readFileSync(file, "utf8").split("\n").filter(Boolean).some(isAlive);

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
