import { readFile } from "node:fs/promises";
import { type Files, importLlama2cModel } from "@touchstone/rlhf";
import { referenceFile } from "../../harness/reference-data.ts";

/** stories260K of llama2.c: 264,128 weights that were really pretrained, and so a real starting point. */
export async function storyModel(): Promise<Files> {
  const [checkpoint, tokenizer] = await Promise.all(
    ["models/stories260K.bin", "models/tok512.bin"].map((name) => readFile(referenceFile(name))),
  );
  return importLlama2cModel(checkpoint ?? new Uint8Array(), tokenizer ?? new Uint8Array());
}
