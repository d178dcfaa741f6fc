import type { Gguf, GgufValue } from "@touchstone/engine";
import { reasoned } from "../training-error.ts";

/** What a GGUF file says of itself, each value held against what it must be. */
export interface Metadata {
  readonly file: string;
  readonly keys: readonly string[];
  has(key: string): boolean;
  /** @throws TrainingError `bad_model_files` where the key is missing or of another type */
  number(key: string): number;
  optionalNumber(key: string): number | undefined;
  optionalFlag(key: string): boolean | undefined;
  text(key: string): string;
  optionalText(key: string): string | undefined;
  texts(key: string): readonly string[];
  numbers(key: string): readonly number[];
  /** A number that stands for all layers, or a list of one a layer, which must be equal here. */
  optionalOfLayers(key: string): number | undefined;
}

export function openMetadata(file: string, { metadata }: Gguf): Metadata {
  const wrong = (key: string, detail: string) => reasoned("ggufKey", { file, key, detail });
  const optional = <T extends GgufValue>(key: string, what: string, is: (value: GgufValue) => value is T) => {
    const value = metadata.get(key);
    if (value === undefined || is(value)) return value;
    throw wrong(key, `it is not ${what}`);
  };
  const present = <T>(key: string, value: T | undefined): T => {
    if (value === undefined) throw wrong(key, "it is missing");
    return value;
  };
  const optionalNumber = (key: string) => optional(key, "a number", isNumber);
  const optionalText = (key: string) => optional(key, "a text", isText);
  return {
    file,
    keys: [...metadata.keys()],
    has: (key) => metadata.has(key),
    number: (key) => present(key, optionalNumber(key)),
    optionalNumber,
    optionalFlag: (key) => optional(key, "true or false", isFlag),
    text: (key) => present(key, optionalText(key)),
    optionalText,
    texts: (key) => present(key, optional(key, "a list of texts", isTexts)),
    numbers: (key) => present(key, optional(key, "a list of numbers", isNumbers)),
    optionalOfLayers(key) {
      const value = optional(key, "a number, or one a layer", (found) => isNumber(found) || isNumbers(found));
      if (!Array.isArray(value)) return value;
      const [first, ...rest] = value;
      if (rest.some((other) => other !== first))
        throw wrong(key, "it differs between layers, and all must be alike here");
      return first;
    },
  };
}

const isNumber = (value: GgufValue): value is number => typeof value === "number";
const isText = (value: GgufValue): value is string => typeof value === "string";
const isFlag = (value: GgufValue): value is boolean => typeof value === "boolean";
const isTexts = (value: GgufValue): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
const isNumbers = (value: GgufValue): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === "number");
