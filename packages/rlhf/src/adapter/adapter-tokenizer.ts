import type { Files } from "../model/files.ts";
import { readDefinition, type TokenizerJson } from "../tokenizer/hugging-face/definition.ts";
import { tokenizerFileNames } from "../tokenizer/read-tokenizer.ts";
import { reasoned } from "../training-error.ts";

const definitionFile = "tokenizer.json";
const templateFile = "chat_template.jinja";

/**
 * The base with the tokenizer that the adapter was trained with: its authors save it beside the adapter, most often because they
 * gave it a chat template. A tokenizer.json of its own brings all of its files; without one, single files replace the base's.
 *
 * @throws TrainingError `bad_model_files` where it has other pieces than the base: then the base is another one
 */
export function withTokenizerOf(
  adapter: Files,
  base: Files,
): { readonly files: Files; readonly ownTokenizer: boolean } {
  const own = new Map(tokenizerFileNames.flatMap((name) => entryOf(adapter, name)));
  if (own.size === 0) return { files: base, ownTokenizer: false };
  const brings = own.has(definitionFile);
  const replaced: readonly string[] = brings ? tokenizerFileNames : [...own.keys()];
  const files = new Map([...[...base].filter(([name]) => !replaced.includes(name)), ...own]);
  if (brings) refuseOtherPieces(readDefinition(base).tokenizer, readDefinition(files).tokenizer);
  // A template in a file of its own counts before one among the settings: the base's gives way to the adapter's.
  const template = own.has(templateFile) ? undefined : readDefinition(files).config.chat_template;
  if (template !== undefined && own.has("tokenizer_config.json")) files.delete(templateFile);
  return { files, ownTokenizer: [...own].some(([name, bytes]) => !isSame(bytes, base.get(name))) };
}

function entryOf(files: Files, name: string): [string, Uint8Array][] {
  const bytes = files.get(name);
  return bytes ? [[name, bytes]] : [];
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}

/** Added tokens may be new ones in the place of reserved ones; the pieces of the vocabulary are what the weights learned. */
function refuseOtherPieces(base: TokenizerJson, adapter: TokenizerJson): void {
  const added = new Set([...base.added_tokens, ...adapter.added_tokens].map(({ id }) => id));
  const theirs = piecesOf(adapter);
  for (const [id, ours] of piecesOf(base)) {
    const piece = theirs.get(id) ?? "";
    if (piece !== ours && !added.has(id)) {
      throw reasoned("adapterTokenizer", { file: definitionFile, id, ours, theirs: piece });
    }
  }
}

/** Piece by id. */
function piecesOf({ model }: TokenizerJson): Map<number, string> {
  if (model.type === "Unigram") return new Map(model.vocab.map(([piece], id) => [id, piece]));
  return new Map(Object.entries(model.vocab).map(([piece, id]) => [id, piece]));
}
