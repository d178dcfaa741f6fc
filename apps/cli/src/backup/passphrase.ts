import { readFile } from "node:fs/promises";
import { callerPath } from "../rlhf/files/caller-path.ts";
import { UsageError } from "../rlhf/usage-error.ts";

/** Shorter ones can be guessed however slow each guess is. */
const shortest = 12;
export const passphraseVariable = "TOUCHSTONE_BACKUP_KEY";

/**
 * The key of a backup: that of the variable, or the text of a file; undefined where neither is given.
 *
 * @throws UsageError where both are, and for a file that can't be read or a key that is too short
 */
export async function readPassphrase(keyFile: string | undefined): Promise<string | undefined> {
  const variable = process.env[passphraseVariable] || undefined;
  if (keyFile !== undefined && variable !== undefined) {
    throw new UsageError(`Two keys are given: --key-file and ${passphraseVariable}. Leave one out.`);
  }
  const given = keyFile === undefined ? variable : (await readKeyFile(keyFile)).trim();
  if (given !== undefined && given.length < shortest) {
    throw new UsageError(`The key is too short: ${shortest} characters at least (openssl rand -base64 32 makes one).`);
  }
  return given;
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(callerPath(path), "utf8");
  } catch (error) {
    throw new UsageError(`--key-file ${path} can't be read: ${error instanceof Error ? error.message : error}.`);
  }
}
