import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Scrubber } from "./placeholders.ts";

interface Form {
  readonly pattern: RegExp;
  readonly country: CountryCode | undefined;
  /** Whether the number must be in the country's plan, or its length is enough, since its form says what it is. */
  readonly planned: boolean;
}

const before = "(?<![\\w.,\\-+/=#$€£¥]|\\d )";
const after = "(?![\\w\\-/]|[.,]\\d| \\d)";
const form = (pattern: string, country: CountryCode | undefined, planned: boolean): Form => ({
  pattern: new RegExp(`${before}${pattern}${after}`, "gu"),
  country,
  planned,
});

const forms: readonly Form[] = [
  // International: +86 138 1234 5678, +1 (202) 555-0143
  form("\\+\\d{1,3}[ .-]?(?:\\(\\d{1,4}\\)[ .-]?)?\\d{1,5}(?:[ .-]?\\d{2,5}){1,4}", undefined, false),
  // North America in its usual dress: (202) 555-0143, 202-555-0143, 202.555.0143, 1-202-555-0143
  form("(?:1[ .-])?\\([2-9]\\d{2}\\)[ -]?\\d{3}[ .-]\\d{4}", "US", false),
  form("(?:1([.-]))?[2-9]\\d{2}([.-])[2-9]\\d{2}\\2\\d{4}", "US", false),
  // Chinese mobiles: 13812345678, 138 1234 5678, 86-138-1234-5678
  form("(?:86[ -]?)?1[3-9]\\d(?:\\d{8}|([ -])\\d{4}\\1\\d{4})", "CN", true),
  // Chinese landlines: 010-62345678, (021) 5555 1234, 0571-88776655 转 8001, and service numbers 400-820-8820
  form(
    "(?:\\(0\\d{2,3}\\) ?|（0\\d{2,3}）|0\\d{2,3}[ -])(?:\\d{7,8}|\\d{3,4}[ -]\\d{4})(?: ?(?:转|分机) ?\\d{1,5})?",
    "CN",
    true,
  ),
  form("[48]00([ -])\\d{3}\\1\\d{4}", "CN", true),
  // Britain: 020 7946 0958, 07700 900123
  form("0[127]\\d{1,4} \\d{3,4} ?\\d{3,4}", "GB", true),
  form("07\\d{3} \\d{6}", "GB", false),
];

/** Where the text says that a number is a telephone's, its form matters no more. */
const announced =
  /((?:\b(?:phone|telephone|tel|mobile|cell|cellphone|fax|whatsapp|call(?: me)?(?: at| on)?|text me(?: at| on)?|dial)|电话|手机|座机|传真|致电|拨打|联系方式)(?:\s?(?:number|no\.?|号码?))?(?:\s?(?:is|是|为))?[\s:：]{0,3})(\+?[\d(][\d ().-]{5,20}\d)(?![\d-])/giu;
const homes: readonly CountryCode[] = ["CN", "US", "GB"];

const isPhone = (digits: string, country: CountryCode | undefined, planned: boolean) => {
  const number = parsePhoneNumberFromString(digits.replace(/(?:转|分机).*$/u, ""), country);
  return (planned ? number?.isValid() : number?.isPossible()) ?? false;
};

/** Telephone numbers by their written form, checked against the countries' numbering plans (libphonenumber). */
export const scrubPhone: Scrubber = (text, put) => {
  if (!/\d{4}/u.test(text)) return text;
  let scrubbed = text;
  for (const { pattern, country, planned } of forms) {
    scrubbed = scrubbed.replace(pattern, (found) => (isPhone(found, country, planned) ? put(found) : found));
  }
  return scrubbed.replace(announced, (whole: string, words: string, number: string) =>
    homes.some((country) => isPhone(number, country, true)) ? `${words}${put(number)}` : whole,
  );
};
