import { isObject } from "../read/json-rows.ts";

/**
 * Parts of a turn's content as chats write them: OpenAI's `image_url`, `input_image` and `input_audio`, and the `image` and
 * `audio` of Hugging Face's templates.
 */
const mediaParts = ["image_url", "input_image", "image", "audio_url", "input_audio", "audio"];
const textParts = ["text", "input_text", "output_text"];

type Fields = Readonly<Record<string, unknown>>;

export function isMediaPart(part: unknown): part is Fields {
  return isObject(part) && typeof part.type === "string" && mediaParts.includes(part.type);
}

/** Null for a part of another kind. */
export function textOfPart(part: unknown): string | null {
  if (typeof part === "string") return part;
  const isText = isObject(part) && typeof part.type === "string" && textParts.includes(part.type);
  return isText && typeof part.text === "string" ? part.text : null;
}

/** What a part names, as `findMedia` reads it. */
export function mediaOfPart(part: Fields): unknown {
  const { type, alt } = part;
  const inside = part[String(type)] ?? part.image_url ?? part.url ?? part.path ?? part.name;
  const words = alt === undefined ? {} : { alt };
  if (typeof inside === "string") return { name: inside, ...words };
  if (!isObject(inside)) return inside;
  const { data, format, url, path, name, sha256 } = inside;
  // Sound is base64 alone, beside the name of its format.
  if (typeof data === "string" && !data.startsWith("data:")) {
    return { name: `data:audio/${String(format ?? "").toLowerCase()};base64,${data}`, ...words };
  }
  return { name: data ?? url ?? path ?? name, sha256, alt: alt ?? inside.alt };
}
