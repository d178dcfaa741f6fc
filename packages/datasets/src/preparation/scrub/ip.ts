import { isIPv4, isIPv6 } from "node:net";
import type { Scrubber } from "./placeholders.ts";

const version4 = /(?<![\w.\-/])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/gu;
/** Four single digits are more often a version or a section than a machine, unless the words before speak of one. */
const singleDigits = /^\d(?:\.\d){3}$/u;
const machine = /(?:\bip|address|host|server|地址|主机|服务器)[^\n]{0,12}$/iu;
const release = /(?:version|release|build|\bv\.?|版本|版)\s?[:：]?\s?$/iu;
/** One's own machine, no machine, all machines and what every router is called from within are nobody's. */
const nobody = /^(?:127\.|0\.0\.0\.0$|255\.|192\.168\.[01]\.1$|10\.0\.0\.1$)/u;

const version6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:|:){2,7}(?:[0-9a-f]{1,4})?(?![\w:])/giu;

/** Addresses of machines. Prefix lengths (`/24`) and ports stay. */
export const scrubIp: Scrubber = (text, put) => {
  let scrubbed = text;
  if (/\d\.\d/u.test(text)) {
    scrubbed = scrubbed.replace(version4, (found: string, offset: number, whole: string) => {
      const words = whole.slice(Math.max(0, offset - 24), offset);
      if (!isIPv4(found) || nobody.test(found) || release.test(words)) return found;
      return singleDigits.test(found) && !machine.test(words) ? found : put(found);
    });
  }
  if (!text.includes(":")) return scrubbed;
  return scrubbed.replace(version6, (found) => {
    // `std::max` and `a::b` are code: an address has three groups and a digit at least.
    const groups = found.split(":").filter((group) => group !== "").length;
    return isIPv6(found) && groups >= 3 && /\d/u.test(found) ? put(found) : found;
  });
};
