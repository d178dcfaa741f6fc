import { z } from "zod";
import { reasoned, reasonedBy, type TrainingError } from "../../training-error.ts";

/** Ids of the largest vocabularies in use are below 2¹⁸. */
const Id = z.number().int().min(0).max(1_048_575);

const AddedToken = z.looseObject({
  id: Id,
  content: z.string().min(1).max(256),
  special: z.boolean().default(false),
});

const BpeModel = z.looseObject({
  // Old files, such as GPT-2's, do not name their model.
  type: z.literal("BPE").default("BPE"),
  vocab: z.record(z.string(), Id),
  merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  unk_token: z.string().nullish(),
});
const UnigramModel = z.looseObject({
  type: z.literal("Unigram"),
  vocab: z.array(z.tuple([z.string(), z.number()])),
});

const Part = z.looseObject({ type: z.string() }).nullable().default(null);

/** What the library reads; the parts between text and model are its own affair. */
const TokenizerJson = z.looseObject({
  added_tokens: z.array(AddedToken).default([]),
  normalizer: Part,
  pre_tokenizer: Part,
  post_processor: Part,
  decoder: Part,
  model: z.union([BpeModel, UnigramModel], "its model is neither BPE nor Unigram"),
});
export type TokenizerJson = z.infer<typeof TokenizerJson>;

/** A special token, named by its content or by all its properties. */
const Named = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .transform((name) => name ?? undefined);

const TokenizerConfig = z.looseObject({
  bos_token: Named,
  eos_token: Named,
  pad_token: Named,
  unk_token: Named,
  chat_template: z
    .union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))])
    .nullish()
    .transform((found) =>
      typeof found === "string" ? found : found?.find(({ name }) => name === "default")?.template,
    ),
});
export type TokenizerConfig = z.infer<typeof TokenizerConfig>;

/** Where older files, such as GPT-2's own, name the special tokens. */
const SpecialTokensMap = z.looseObject({ bos_token: Named, eos_token: Named, pad_token: Named, unk_token: Named });

const Ids = z
  .union([Id, z.array(Id)])
  .nullish()
  .transform((ids) => [ids ?? []].flat());
/** What a model's config.json and generation_config.json say of its tokens: where no file names them, their ids do. */
const ModelTokens = z.looseObject({ bos_token_id: Ids, eos_token_id: Ids, pad_token_id: Ids });

export interface Definition {
  readonly tokenizer: TokenizerJson;
  /** With the names of special tokens from wherever a file gives them. */
  readonly config: TokenizerConfig;
  /** Ids of the tokens at which the model's own files stop a generation, beside the named one. */
  readonly ends: readonly number[];
  /** Jinja; absent for models that know no roles. */
  readonly chatTemplate: string | undefined;
  /** The files it was read from. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The largest file of each kind that is parsed at all, in bytes; those in use stay below a half of it. */
const largest = {
  "tokenizer.json": 32 * 2 ** 20,
  "tokenizer_config.json": 4 * 2 ** 20,
  "special_tokens_map.json": 2 ** 18,
  "config.json": 2 ** 20,
  "generation_config.json": 2 ** 18,
  "chat_template.jinja": 2 ** 18,
};
type FileName = keyof typeof largest;
/** Of the model, and written with it: read here, and no part of the tokenizer's own files. */
const ofModel: readonly FileName[] = ["config.json", "generation_config.json"];

/** Reads a tokenizer as Hugging Face's libraries save it. @throws TrainingError `bad_model_files` */
export function readDefinition(files: ReadonlyMap<string, Uint8Array>): Definition {
  const kept = new Map<string, Uint8Array>();
  const text = (name: FileName): string | undefined => {
    const bytes = files.get(name);
    if (!bytes) return undefined;
    if (bytes.length > largest[name]) throw reasoned("fileTooLarge", { file: name, limit: largest[name] });
    if (!ofModel.includes(name)) kept.set(name, bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (cause) {
      throw reasonedBy(cause, "fileNotUtf8", { file: name });
    }
  };
  const parsed = <T>(name: FileName, schema: z.ZodType<T>, preset?: object): T => {
    const json = text(name);
    if (json === undefined && !preset) throw reasoned("fileMissing", { file: name });
    const value: unknown = json === undefined ? preset : parseJson(name, json);
    const found = schema.safeParse(value);
    if (!found.success) throw refusedKey(name, found.error);
    return found.data;
  };
  const tokenizer = parsed("tokenizer.json", TokenizerJson);
  const config = parsed("tokenizer_config.json", TokenizerConfig, {});
  const map = parsed("special_tokens_map.json", SpecialTokensMap, {});
  const model = parsed("config.json", ModelTokens, {});
  const generation = parsed("generation_config.json", ModelTokens, {});
  const name = (key: TokenName) =>
    config[key] ?? map[key] ?? contentOf(tokenizer, model[`${key}_id`][0] ?? generation[`${key}_id`][0]);
  return {
    tokenizer,
    config: {
      ...config,
      bos_token: name("bos_token"),
      eos_token: name("eos_token"),
      pad_token: name("pad_token"),
      unk_token: config.unk_token ?? map.unk_token,
    },
    ends: [...new Set([...model.eos_token_id, ...generation.eos_token_id])],
    chatTemplate: text("chat_template.jinja") ?? config.chat_template,
    files: kept,
  };
}

type TokenName = "bos_token" | "eos_token" | "pad_token";

/** The piece of this id. */
function contentOf({ added_tokens, model }: TokenizerJson, id: number | undefined): string | undefined {
  if (id === undefined) return undefined;
  const added = added_tokens.find((token) => token.id === id)?.content;
  if (added !== undefined) return added;
  if (model.type === "Unigram") return model.vocab[id]?.[0];
  return Object.entries(model.vocab).find(([, known]) => known === id)?.[0];
}

function parseJson(file: FileName, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file });
  }
}

function refusedKey(file: FileName, error: z.ZodError): TrainingError {
  const [first] = error.issues;
  if (first === undefined || first.path.length === 0) return reasonedBy(error, "fileForeign", { file });
  return reasonedBy(error, "fileKey", { file, key: first.path.join("."), detail: first.message });
}
