import validator from "validator";
import type { Scrubber } from "./placeholders.ts";

/** RFC 5322's dot-atoms in ASCII, so that Chinese may follow without a blank; a local part has at most 64 characters. */
const candidate =
  /(?<![A-Za-z0-9.!#$%&'*+/=?^_`{|}~-])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,63}(?![A-Za-z0-9])/gu;
/** Quotes and the like around an address are no part of it. */
const around = /^[^A-Za-z0-9_+]+/u;

export const scrubEmail: Scrubber = (text, put) => {
  if (!text.includes("@")) return text;
  return text.replace(candidate, (found) => {
    const before = around.exec(found)?.[0] ?? "";
    const address = found.slice(before.length);
    return validator.isEmail(address) ? `${before}${put(address)}` : found;
  });
};
