import { isDeepStrictEqual } from "node:util";
import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { reasoned, reasonedBy, wordsOf } from "../../training-error.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { openChatTemplate } from "./chat-template.ts";
import { asContinuation } from "./continuation.ts";
import type { Definition, TokenizerConfig, TokenizerJson } from "./definition.ts";
import { templateDate } from "./fixed-date.ts";
import { identityOf } from "./identity.ts";
import { specialText, withFencedSpecials, withoutReserved } from "./special-spelling.ts";
import { deadlineSeconds, TooSlowError, withinDeadline } from "./within-deadline.ts";

/**
 * A tokenizer of somebody else's, in the files of Hugging Face's libraries: tokenizer.json, tokenizer_config.json (which tokens
 * begin and end a sequence) and the chat template in it or in chat_template.jinja. Ids equal those of `tokenizers`, except that
 * content never becomes a special token. Models without a template know no roles: a prompt is the beginning of a text, and
 * its answer goes on from there.
 *
 * @throws TrainingError `bad_model_files`
 */
export function openHuggingFaceTokenizer(definition: Definition): Tokenizer {
  const { tokenizer, config, chatTemplate } = definition;
  const specials = specialsOf(definition);
  const idOf = (name: string | undefined) => (name === undefined ? undefined : specials.get(name));
  const eosOfModel = idOf(config.eos_token);
  if (eosOfModel === undefined) {
    throw reasoned("tokenizerEndless", { file: "tokenizer_config.json" });
  }
  const fenced = withFencedSpecials(tokenizer, specials);
  const whole = openLibrary(fenced, specials);
  const continuation = asContinuation(fenced);
  const continuing = isSame(fenced, continuation) ? whole : openLibrary(continuation, specials);
  const text = specialText(specials);
  const { bos_token, eos_token, pad_token, unk_token } = config;
  const names = { bos_token, eos_token, pad_token, unk_token };
  const chat = chatTemplate === undefined ? undefined : openChatTemplate(chatTemplate, names, text);
  const eos = chat?.end ?? eosOfModel;
  const bos = idOf(bos_token) ?? eosOfModel;
  const padding = idOf(pad_token);
  const exists = (id: number) => id < whole.vocab;
  const ends = [...new Set([eos, eosOfModel, ...definition.ends.filter(exists)])];
  const { before = "", after = "" } = chat ?? {};

  return {
    vocab: whole.vocab,
    special: { bos, eos, pad: padding === bos || padding === eos || padding === eosOfModel ? undefined : padding },
    ends,
    files: definition.files,
    sha256: identityOf(definition, { bos, eos, pad: padding }),
    fixedDate: chat?.tellsDate ? templateDate : undefined,
    answerEnd: after === "" ? undefined : after,
    encode: (content) => whole.encode(withoutReserved(content)),
    decode: whole.decode,
    encodePrompt: (messages) =>
      chat
        ? whole.encode(chat.prompt(messages))
        : [bos, ...whole.encode(withoutReserved(messages.map(({ content }) => content).join("\n")))],
    encodeAnswer: (answer) => [...continuing.encode(before + withoutReserved(answer) + after), eos],
    decodeAnswer(ids) {
      const said = continuing.decode(ids);
      const begun = said.startsWith(before) ? said.slice(before.length) : said;
      return after !== "" && begun.endsWith(after) ? begun.slice(0, -after.length) : begun;
    },
  };
}

/** Whether the parts around the model are the same; a second vocabulary in memory would be waste then. */
function isSame(one: TokenizerJson, other: TokenizerJson): boolean {
  const parts = ({ normalizer, pre_tokenizer, decoder }: TokenizerJson) => [normalizer, pre_tokenizer, decoder];
  return isDeepStrictEqual(parts(one), parts(other));
}

interface Library {
  readonly vocab: number;
  encode(text: string): number[];
  decode(ids: Iterable<number>): string;
}

function openLibrary(tokenizer: TokenizerJson, specials: ReadonlyMap<string, number>): Library {
  // The other settings of tokenizer_config.json change texts: what a model says is shown as it said it.
  const settings = { clean_up_tokenization_spaces: false };
  const library = readByLibrary(() => new LibraryTokenizer(tokenizer, settings));
  const unspoken = new Set(specials.values());
  const encode = (text: string) =>
    inTime(() => library.encode(text, { add_special_tokens: false }).ids.filter(Number.isInteger));
  // Rules that go back without end show it here, and not in the middle of a training.
  encode(repeated);
  return {
    vocab: 1 + largestId(tokenizer),
    encode,
    decode(ids) {
      const known = [...ids].filter((id) => !unspoken.has(id) && library.id_to_token(id) !== undefined);
      // The library shows a character that was cut off at the end as U+FFFD.
      return known.length === 0 ? "" : library.decode(known).replace(/\ufffd$/, "");
    },
  };
}

/** Each letter and sign many times over: what makes a regular expression that is open to it go back without end. */
const repeated = Array.from({ length: 95 }, (_, at) => `${String.fromCharCode(32 + at).repeat(40)}\n`).join("");

function inTime<T>(work: () => T): T {
  try {
    return withinDeadline(work);
  } catch (cause) {
    if (!(cause instanceof TooSlowError)) throw cause;
    throw reasonedBy(cause, "tokenizerTooSlow", { file: "tokenizer.json", seconds: deadlineSeconds });
  }
}

/** Whatever the library says of the file is said as an error of that file. */
function readByLibrary<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw reasonedBy(cause, "tokenizerUnread", { file: "tokenizer.json", detail: wordsOf(cause) });
  }
}

/** Every token that content must not become, by its content. */
function specialsOf({ tokenizer, config }: Definition): Map<string, number> {
  const { added_tokens, model } = tokenizer;
  const specials = new Map(added_tokens.flatMap(({ special, content, id }) => (special ? [[content, id]] : [])));
  const pieces =
    model.type === "BPE"
      ? new Map(Object.entries(model.vocab))
      : new Map(model.vocab.map(([piece], id): [string, number] => [piece, id]));
  const added = new Map(added_tokens.map(({ content, id }) => [content, id]));
  for (const name of named(config)) {
    const id = added.get(name) ?? pieces.get(name);
    if (id === undefined) throw reasoned("tokenizerNoPiece", { file: "tokenizer_config.json", name });
    specials.set(name, id);
  }
  return specials;
}

function named({ bos_token, eos_token, pad_token, unk_token }: TokenizerConfig): string[] {
  return [bos_token, eos_token, pad_token, unk_token].flatMap((name) => name ?? []);
}

function largestId({ added_tokens, model }: TokenizerJson): number {
  const ofModel = model.type === "BPE" ? Object.values(model.vocab) : [model.vocab.length - 1];
  return [...ofModel, ...added_tokens.map(({ id }) => id)].reduce((largest, id) => Math.max(largest, id), -1);
}
