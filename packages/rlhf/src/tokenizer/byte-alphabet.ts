/**
 * GPT-2's reversible map of the 256 bytes to visible characters (Radford et al. 2019, `bytes_to_unicode`). Only the
 * JSON form uses it, so that a piece is a readable string there and Hugging Face's `tokenizers` can load the file.
 */
const printable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

let beyond = 0x100;
const characters = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : beyond++));

/** Bytes as visible characters, one each. */
export function spellBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => characters[byte] ?? "").join("");
}
