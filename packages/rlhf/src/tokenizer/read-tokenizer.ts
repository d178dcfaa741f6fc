import { chatTemplate } from "./byte-pair-files.ts";
import { type Definition, readDefinition } from "./hugging-face/definition.ts";
import { openHuggingFaceTokenizer } from "./hugging-face/open.ts";
import { specialTokens } from "./special-tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { parseTokenizer } from "./tokenizer-json.ts";

/** The files in a model's folder that can belong to its tokenizer; the first one must be there. */
export const tokenizerFileNames = [
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "chat_template.jinja",
] as const;

/** Reads the tokenizer of a model's folder, ours or anybody's. @throws TrainingError `bad_model_files` */
export function readTokenizer(files: ReadonlyMap<string, Uint8Array>): Tokenizer {
  const definition = readDefinition(files);
  const own = files.get("tokenizer.json");
  return own && isOurs(definition) ? parseTokenizer(own) : openHuggingFaceTokenizer(definition);
}

/** Ours know their template; with another one they are read as anybody's. */
function isOurs({ tokenizer, chatTemplate: template = chatTemplate }: Definition): boolean {
  const names = tokenizer.added_tokens.map(({ content }) => content);
  return names.join("\n") === specialTokens.join("\n") && template === chatTemplate;
}
