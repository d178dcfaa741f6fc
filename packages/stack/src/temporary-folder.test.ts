import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockDataFolder } from "./data-folder-lock.ts";
import { openProcessLedger } from "./process-ledger.ts";
import { temporaryDataFolder } from "./temporary-folder.ts";

let place: string;
const prefix = "stack-of-a-run-";
const made: string[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "swept-"));
});
afterEach(() => {
  for (const folder of [place, ...made.splice(0)]) rmSync(folder, { recursive: true, force: true });
});

/** A folder of a run, with a server in it that lives. */
function runWithServer(name: string) {
  const folder = join(place, `${prefix}${name}`);
  mkdirSync(folder);
  const server = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  openProcessLedger(folder).add("a server", server.pid ?? Number.NaN, "SIGTERM");
  return { folder, server, ended: once(server, "exit") };
}

it("ends the servers of a run that was killed, and removes its folder", async () => {
  const { folder, ended } = runWithServer("killed");
  const { pid } = spawnSync("true");
  writeFileSync(join(folder, "lock"), `${pid} of a process that has ended`);
  made.push(await temporaryDataFolder(prefix, () => undefined, [place]));
  expect((await ended)[1]).toBe("SIGTERM");
  expect(existsSync(folder)).toBe(false);
});

it("leaves alone a run that lives, and one that has only just made its folder", async () => {
  const living = runWithServer("living");
  const young = runWithServer("young");
  const unlock = lockDataFolder(living.folder);
  made.push(await temporaryDataFolder(prefix, () => undefined, [place]));
  for (const { folder, server } of [living, young]) {
    expect(existsSync(folder)).toBe(true);
    expect(server.exitCode ?? server.signalCode).toBeNull();
    server.kill("SIGKILL");
  }
  unlock();
});

it.runIf(userInfo().uid === 0)("leaves alone what another user of the machine has left", async () => {
  const { folder, server } = runWithServer("another's");
  writeFileSync(join(folder, "lock"), `${spawnSync("true").pid} of a process that has ended`);
  chownSync(folder, 65_534, 65_534);
  made.push(await temporaryDataFolder(prefix, () => undefined, [place]));
  expect(existsSync(folder)).toBe(true);
  expect(server.exitCode ?? server.signalCode).toBeNull();
  server.kill("SIGKILL");
});
