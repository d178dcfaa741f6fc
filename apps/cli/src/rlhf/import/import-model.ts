import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  describeModel,
  type Files,
  importHuggingFaceModel,
  importLlama2cModel,
  modelFileNames,
} from "@touchstone/rlhf";
import { callerPath } from "../files/caller-path.ts";
import { writeFolder } from "../files/folder.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly out: string;
  readonly tokenizer?: string;
  readonly context?: number;
  readonly json?: boolean;
}

/** Bytes of the largest file that is read: 256 million weights, several times what can be trained here. */
const largestFile = 2 ** 30;

/** `rlhf import`. @throws UsageError, TrainingError */
export async function importModel(source: string, options: Options): Promise<void> {
  const out = callerPath(options.out);
  if (existsSync(out) && !(await stat(out)).isDirectory()) {
    throw new UsageError(`--out: ${options.out} is a file. Name a folder.`);
  }
  if (existsSync(out) && (await readdir(out)).length > 0) {
    throw new UsageError(`${options.out} holds other files. Name another --out, or remove it.`);
  }
  const files = await imported(source, options);
  const { kind, parameters, config, sha256, tokenizerSha256, templateDate } = describeModel(files);
  await writeFolder(out, files);
  const { vocab, context } = config;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ out, kind, parameters, vocab, context, sha256, tokenizerSha256, templateDate })}\n`,
    );
    return;
  }
  const count = (value: number) => value.toLocaleString("en");
  process.stderr.write(
    `${out}: a ${kind} of ${count(parameters)} weights, ${count(vocab)} pieces, ${count(context)} tokens of context.\n`,
  );
  if (templateDate !== undefined) {
    const why = "with today’s date no run could be repeated";
    process.stderr.write(`Its chat template tells the date: here it always says ${templateDate}, since ${why}.\n`);
  }
}

async function imported(source: string, { tokenizer, context }: Options): Promise<Files> {
  const path = callerPath(source);
  if (!existsSync(path)) throw new UsageError(`There is no file or folder ${source}.`);
  if ((await stat(path)).isDirectory()) {
    if (tokenizer !== undefined)
      throw new UsageError("--tokenizer belongs to llama2.c's checkpoints; a folder has its own.");
    return importHuggingFaceModel(await readSaved(source, path), context);
  }
  if (tokenizer === undefined) {
    throw new UsageError("--tokenizer: a checkpoint of llama2.c needs its tokenizer.bin.");
  }
  if (context !== undefined) throw new UsageError("--context is for folders; a checkpoint of llama2.c says its own.");
  return importLlama2cModel(await readBounded(source), await readBounded(tokenizer));
}

/** What people save instead, and how they get what is needed. */
const cures: readonly (readonly [found: string, missing: string, cure: string])[] = [
  ["model.safetensors.index.json", "model.safetensors", "Save it in one file: save_pretrained(…, max_shard_size=…)."],
  [
    "pytorch_model.bin",
    "model.safetensors",
    "Load it in transformers and save it again: save_pretrained writes safetensors.",
  ],
  ["tokenizer.model", "tokenizer.json", "Save its fast tokenizer beside it."],
  ["vocab.json", "tokenizer.json", "Save its fast tokenizer beside it."],
];

async function readSaved(source: string, path: string): Promise<Files> {
  const present = new Set(await readdir(path));
  for (const name of ["config.json", "model.safetensors", "tokenizer.json"]) {
    if (present.has(name)) continue;
    const cure = cures.find(([found, missing]) => missing === name && present.has(found))?.[2];
    throw new UsageError([`${source} has no ${name}.`, cure].filter(Boolean).join(" "));
  }
  const names = [...modelFileNames, "generation_config.json"].filter((name) => present.has(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readBounded(join(source, name))] as const)));
}

async function readBounded(path: string): Promise<Uint8Array> {
  const full = callerPath(path);
  if (!existsSync(full)) throw new UsageError(`There is no file ${path}.`);
  const found = await stat(full);
  // A pipe or a device has no size, and may have no end.
  if (!found.isFile()) throw new UsageError(`${path} is no regular file.`);
  const { size } = found;
  if (size > largestFile)
    throw new UsageError(`${path} is larger than 1 GiB; models of that size can't be trained here.`);
  return readFile(full);
}
