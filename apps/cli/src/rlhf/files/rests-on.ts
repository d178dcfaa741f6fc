import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { restsOnOf, withRestedOn } from "@touchstone/rlhf";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { readModel, type StoredModel } from "./read-model.ts";

/** Of spec.json, beside the folder of the model that the run made. */
const Spec = z.object({ models: z.object({ policy: z.object({ path: z.string() }) }) });

/**
 * A model on disk that can score: a head on frozen features with the model that it rests on, which is the one given, or the one that its own
 * run was given. Any other model as it is.
 *
 * @param given of `--features`
 * @throws UsageError naming what it rests on, if that is not there; TrainingError if it is another
 */
export async function withItsBase(model: StoredModel, given: string | undefined): Promise<StoredModel> {
  const restsOn = restsOnOf(model.files);
  if (!restsOn) {
    if (given === undefined) return model;
    throw new UsageError(`--features: ${model.path} is a whole model, and rests on no other. Leave the flag out.`);
  }
  const path = given ?? (await recordedPath(model.path));
  const named = `${restsOn.name} (${restsOn.sha256.slice(0, 12)})`;
  if (path === undefined)
    throw new UsageError(`${model.path} reads the states of ${named}. Name its folder by --features.`);
  const base = await readModel("--features", path).catch((error: unknown) => {
    if (given !== undefined || !(error instanceof UsageError)) throw error;
    throw new UsageError(
      `${model.path} reads the states of ${named}, and ${path} is not there. Name its folder by --features.`,
    );
  });
  return { ...model, files: withRestedOn(model.files, base.files) };
}

async function recordedPath(folder: string): Promise<string | undefined> {
  const text = await readFile(join(dirname(folder), "spec.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const spec = Spec.safeParse(JSON.parse(text));
  return spec.success ? spec.data.models.policy.path : undefined;
}
