import { readSafetensors } from "@touchstone/engine";
import type { Files } from "@touchstone/rlhf";
import type { RunDirectory } from "./run-directory.ts";

type Checkpoints = Pick<RunDirectory, "checkpoints" | "readCheckpoint" | "forgetAfter">;

/** The newest checkpoint that is whole, or the beginning: the one before the newest is kept for the case that it is not. */
export async function resumePoint(directory: Checkpoints, tell: (text: string) => void): Promise<Files | undefined> {
  for (const step of await directory.checkpoints()) {
    const files = await directory.readCheckpoint(step).catch(() => undefined);
    if (!files || !isWhole(files)) {
      tell(`The checkpoint after step ${step} is damaged, and passed over.`);
      continue;
    }
    await directory.forgetAfter(step);
    tell(`Going on after step ${step}.`);
    return files;
  }
  await directory.forgetAfter(0);
  return undefined;
}

/** Whether its files can be read; whether they are this run's is for the trainer to say. */
function isWhole(files: Files): boolean {
  const json = files.get("checkpoint.json");
  if (!json) return false;
  try {
    JSON.parse(new TextDecoder().decode(json));
    for (const [name, bytes] of files) if (name.endsWith(".safetensors")) readSafetensors(bytes);
    return true;
  } catch {
    return false;
  }
}
