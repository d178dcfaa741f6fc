import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Database, registerModel } from "@touchstone/persistence";
import { projectRoot } from "../start/project-root.ts";
import { storeModelFiles } from "./store-model-files.ts";

/** The committed practice model: a small bilingual policy that makes the loop go round in minutes. */
const folder = () => join(projectRoot(), "prisma", "demo", "practice-model");

/** Copies the practice model into the files folder and registers it, once a workspace. @returns its id. */
export async function installPracticeModel(db: Database, workspaceId: string, filesDir: string): Promise<string> {
  const { describeModel, modelFileNames } = await import("@touchstone/rlhf");
  const present = new Set(await readdir(folder()));
  const files = new Map<string, Uint8Array>();
  for (const name of modelFileNames) if (present.has(name)) files.set(name, await readFile(join(folder(), name)));
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(files);
  return registerModel(db, {
    workspaceId,
    kind,
    name: "Practice model",
    practice: true,
    parameters,
    tokenizerSha256,
    sha256,
    files: await storeModelFiles(filesDir, `models/practice-${sha256.slice(0, 16)}`, files),
    spec: JSON.parse(await readFile(join(folder(), "spec.json"), "utf8")),
  });
}
