import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type FeatureCache, folderFeatureCache } from "@touchstone/rlhf";

/** Where features of answers stay between runs; TOUCHSTONE_FEATURES_CACHE names another folder. It may be emptied at any time. */
function featuresFolder(env: NodeJS.ProcessEnv = process.env): string {
  // Empty is unset, as a shell hands it on.
  const caches = env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return env.TOUCHSTONE_FEATURES_CACHE || join(caches, "touchstone", "features");
}

export function storedFeatures(): FeatureCache {
  const folder = featuresFolder();
  mkdirSync(folder, { recursive: true });
  return folderFeatureCache(folder);
}
