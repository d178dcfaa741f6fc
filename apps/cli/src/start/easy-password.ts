import { randomInt } from "node:crypto";

/** Without the letters and digits that look alike in some typeface. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 5;

/** A password to copy from a terminal or type on a phone: `k7mqx-…`, 20 characters, 99 bits. */
export function easyPassword(): string {
  const character = () => alphabet.charAt(randomInt(alphabet.length));
  const group = () => Array.from({ length: groupLength }, character).join("");
  return Array.from({ length: groups }, group).join("-");
}
