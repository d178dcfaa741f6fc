import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename } from "node:path";
import {
  type AdapterReport,
  describeModel,
  type Files,
  type GgufReport,
  importGgufModel,
  importLlama2cModel,
  importSavedFolder,
} from "@touchstone/rlhf";
import { callerPath } from "../files/caller-path.ts";
import { writeFolder } from "../files/folder.ts";
import { UsageError } from "../usage-error.ts";
import { assertSaved } from "./assert-saved.ts";
import { importedAdapter, isAdapter } from "./imported-adapter.ts";
import { isGguf } from "./is-gguf.ts";
import { readBounded, withFile } from "./read-file.ts";

interface Options {
  readonly out: string;
  readonly tokenizer?: string;
  readonly base?: string;
  readonly context?: number;
  readonly json?: boolean;
}

/** `rlhf import`. @throws UsageError, TrainingError */
export async function importModel(source: string, options: Options): Promise<void> {
  const out = callerPath(options.out);
  if (existsSync(out) && !(await stat(out)).isDirectory()) {
    throw new UsageError(`--out: ${options.out} is a file. Name a folder.`);
  }
  if (existsSync(out) && (await readdir(out)).length > 0) {
    throw new UsageError(`${options.out} holds other files. Name another --out, or remove it.`);
  }
  const { files, gguf, adapter } = await imported(source, options);
  const { kind, parameters, config, sha256, tokenizerSha256, templateDate } = describeModel(files);
  await writeFolder(out, files);
  const { vocab, context } = config;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ out, kind, parameters, vocab, context, sha256, tokenizerSha256, templateDate, gguf, adapter })}\n`,
    );
    return;
  }
  const count = (value: number) => value.toLocaleString("en");
  process.stderr.write(
    `${out}: a ${kind} of ${count(parameters)} weights, ${count(vocab)} pieces, ${count(context)} tokens of context.\n`,
  );
  if (gguf) process.stderr.write(`${told(gguf, context)}\n`);
  if (adapter) process.stderr.write(`${toldOfAdapter(adapter)}\n`);
  if (templateDate !== undefined) {
    const why = "with today’s date no run could be repeated";
    process.stderr.write(`Its chat template tells the date: here it always says ${templateDate}, since ${why}.\n`);
  }
}

/** What was made of a GGUF file, in a sentence or two. */
function told({ architecture, types, tokenizer, chatTemplate, context: longest }: GgufReport, context: number): string {
  const tensors = Object.entries(types).map(([type, count]) => `${count} ${type}`);
  const template = chatTemplate ? "and chat template" : "without a chat template";
  const cut =
    longest > context ? ` It could read ${longest.toLocaleString("en")} tokens; --context says how many it does.` : "";
  return `From GGUF, architecture ${architecture}: tensors of ${tensors.join(", ")} as float32; tokenizer ${tokenizer} ${template} from its metadata.${cut}`;
}

function toldOfAdapter({ rank, alpha, matrices, ownTokenizer }: AdapterReport): string {
  const tokenizer = `tokenizer and chat template are those of the ${ownTokenizer ? "adapter" : "base"}`;
  return `A LoRA adapter (r ${rank}, α ${alpha}) was laid on ${matrices} matrices of its base; ${tokenizer}.`;
}

interface Imported {
  readonly files: Files;
  readonly adapter?: AdapterReport;
  readonly gguf?: GgufReport;
}

async function imported(source: string, { tokenizer, base, context }: Options): Promise<Imported> {
  const path = callerPath(source);
  if (!existsSync(path)) throw new UsageError(`There is no file or folder ${source}.`);
  if (isAdapter(path)) {
    if (tokenizer !== undefined)
      throw new UsageError("--tokenizer belongs to llama2.c's checkpoints; an adapter has its base's.");
    return importedAdapter(source, base, context);
  }
  if (base !== undefined) {
    throw new UsageError(`--base belongs to adapters, and ${source} has no adapter_config.json.`);
  }
  if ((await stat(path)).isDirectory()) {
    if (tokenizer !== undefined)
      throw new UsageError("--tokenizer belongs to llama2.c's checkpoints; a folder has its own.");
    await assertSaved(source, path);
    return { files: importSavedFolder(path, context) };
  }
  if (isGguf(source)) {
    if (tokenizer !== undefined)
      throw new UsageError("--tokenizer belongs to llama2.c's checkpoints; a GGUF file has its own.");
    return importedGguf(source, context);
  }
  if (tokenizer === undefined) {
    throw new UsageError("--tokenizer: a checkpoint of llama2.c needs its tokenizer.bin.");
  }
  if (context !== undefined) throw new UsageError("--context is for folders; a checkpoint of llama2.c says its own.");
  return { files: importLlama2cModel(await readBounded(source), await readBounded(tokenizer)) };
}

function importedGguf(source: string, context: number | undefined): Imported {
  const { files, report } = withFile(source, (file) => importGgufModel(file, basename(source), context));
  return { files, gguf: report };
}
