import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** 256 bits in 43 URL-safe characters. */
const randomSecret = () => randomBytes(32).toString("base64url");

/**
 * A random secret that lives in `folder/name`, readable by its owner only. Made on the first call, by `make`, and the
 * same ever after.
 */
export function readOrCreateSecret(folder: string, name: string, make: () => string = randomSecret): string {
  const file = join(folder, name);
  if (!existsSync(file)) writeOnce(file, make());
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}

/** A crash halfway leaves no empty secret, and of two writers the first wins: link fails where the name exists. */
function writeOnce(file: string, secret: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
