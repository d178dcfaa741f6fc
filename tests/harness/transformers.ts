import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "@touchstone/rlhf";
import { z } from "zod";
import { askPython, inFolder, python } from "./python.ts";

const script = fileURLToPath(new URL("model-folder.py", import.meta.url));
/** Looking for the packages takes milliseconds where importing them takes seconds. */
const look = "import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, ['torch', 'transformers'])))";

/**
 * Whether there is a Python with Hugging Face's transformers, which the project never needs: TOUCHSTONE_PYTHON names one,
 * else it is python3. Tests that compare with it are skipped where there is none.
 */
export const hasTransformers = spawnSync(python, ["-c", look]).status === 0;

export type Ids = readonly (readonly number[])[];

const Logits = z.array(z.array(z.array(z.number())));
const Scores = z.array(z.array(z.number()));

/** Logits of a language model of ours, (rows, tokens, vocab), as transformers computes them. */
export function transformersLogits(files: Files, ids: Ids): number[][][] {
  return inFolder((folder) => {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    return Logits.parse(askPython(script, ["logits", folder], ids));
  });
}

/** Scores of a reward model of ours, one a row. */
export function transformersScores(files: Files, ids: Ids): number[] {
  return inFolder((folder) => {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    return Scores.parse(askPython(script, ["scores", folder], ids)).flat();
  });
}

/** A random model as transformers saves it, and its logits. @param config settings of its config, and its `class` */
export function transformersModel(config: object, ids: Ids): { files: Map<string, Uint8Array>; logits: number[][][] } {
  return inFolder((folder) => {
    const logits = Logits.parse(askPython(script, ["save", folder, JSON.stringify(config)], ids));
    const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const);
    return { files: new Map(files), logits };
  });
}
