import { z } from "zod";
import type { TokenizerJson } from "./definition.ts";

const Part = z
  .looseObject({
    type: z.string(),
    normalizers: z.array(z.unknown()).optional(),
    pretokenizers: z.array(z.unknown()).optional(),
    decoders: z.array(z.unknown()).optional(),
  })
  .nullable()
  .catch(null);
type Part = z.infer<typeof Part>;

/**
 * The same tokenizer for text that goes on from other text: many put a space before a text and take it off again, which would
 * tear an answer from its prompt.
 */
export function asContinuation(tokenizer: TokenizerJson): TokenizerJson {
  return {
    ...tokenizer,
    normalizer: continued(tokenizer.normalizer),
    pre_tokenizer: continued(tokenizer.pre_tokenizer),
    decoder: continuedDecoder(tokenizer.decoder),
  };
}

function continued(value: unknown): Part {
  const part = Part.parse(value);
  switch (part?.type) {
    case "Sequence":
      return {
        ...part,
        ...(part.normalizers ? { normalizers: all(part.normalizers, continued) } : {}),
        ...(part.pretokenizers ? { pretokenizers: all(part.pretokenizers, continued) } : {}),
      };
    case "Prepend":
      return null;
    case "Metaspace":
      return { ...part, prepend_scheme: "never", add_prefix_space: false };
    case "ByteLevel":
      return { ...part, add_prefix_space: false };
    default:
      return part;
  }
}

function continuedDecoder(value: unknown): Part {
  const part = Part.parse(value);
  switch (part?.type) {
    case "Sequence":
      return { ...part, decoders: all(part.decoders ?? [], continuedDecoder) };
    case "Strip":
      return null;
    case "Metaspace":
      return { type: "Replace", pattern: { String: part.replacement ?? "\u2581" }, content: " " };
    default:
      return part;
  }
}

function all(parts: readonly unknown[], of: (part: unknown) => Part): unknown[] {
  return parts.map(of).filter((part) => part !== null);
}
