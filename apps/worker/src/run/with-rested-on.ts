import { findModelByHash, modelFiles } from "@touchstone/persistence";
import { restsOnOf, withRestedOn } from "@touchstone/rlhf";
import type { Services } from "./context.ts";
import type { Files } from "./files.ts";

/**
 * A reward model as it scores: one that is a head on another model's frozen features has that model's files beside its own. Where
 * that model is gone, whoever scores with it refuses by its name.
 */
export async function withWhatItRestsOn(
  { db, files: store }: Pick<Services, "db" | "files">,
  workspaceId: string,
  files: Files,
): Promise<Files> {
  const restsOn = restsOnOf(files);
  if (!restsOn) return files;
  const base = await findModelByHash(db, workspaceId, restsOn.sha256);
  return base ? withRestedOn(files, await store.readAll(modelFiles(base))) : files;
}
