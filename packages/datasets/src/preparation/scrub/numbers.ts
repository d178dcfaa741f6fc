import validator from "validator";
import type { Scrubber } from "./placeholders.ts";

/** Neither part of a longer number, nor of a word, a price or a decimal. */
const before = "(?<![\\w.,\\-+#$€£¥])";
const after = "(?![\\w\\-]|[.,]\\d)";

const chineseId = new RegExp(`${before}[1-8]\\d{16}[\\dXx]${after}`, "gu");
/** The form before 1999, fifteen digits without a check digit, counts only where the text says what it is. */
const oldChineseId = new RegExp(
  `(身份证(?:号码?|件号)?[\\s:：是为]{0,4})([1-8]\\d{5}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3})${after}`,
  "gu",
);
/** Areas 000, 666 and 900–999, group 00 and serial 0000 were never given out. */
const socialSecurity = new RegExp(`${before}(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}${after}`, "gu");

/** Chinese identity numbers (GB 11643: province, date of birth, ISO 7064 check digit) and US social security numbers. */
export const scrubIdentity: Scrubber = (text, put) =>
  text
    .replace(chineseId, (found) => (validator.isIdentityCard(found.toUpperCase(), "zh-CN") ? put(found) : found))
    .replace(oldChineseId, (_, words: string, number: string) => `${words}${put(number)}`)
    .replace(socialSecurity, put);

const cardNumber = new RegExp(
  `${before}(?:\\d{4}([ -]?)\\d{4}\\1\\d{4}\\1\\d{1,7}|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5})${after}`,
  "gu",
);
/** UnionPay debit cards have up to nineteen digits. */
const unionPay = /^62\d{14,17}$/u;

/** Payment cards: a known issuer's prefix and Luhn's check digit (ISO/IEC 7812), in fours or in one. */
export const scrubCard: Scrubber = (text, put) =>
  text.replace(cardNumber, (found) => {
    const digits = found.replace(/\D/gu, "");
    const known = unionPay.test(digits) ? validator.isLuhnNumber(digits) : validator.isCreditCard(digits);
    return known ? put(found) : found;
  });

const ibanNumber = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])/gu;

/** International bank account numbers: the country's form and the remainder 1 modulo 97 (ISO 13616). */
export const scrubIban: Scrubber = (text, put) =>
  text.replace(ibanNumber, (found) => (validator.isIBAN(found.replaceAll(" ", "")) ? put(found) : found));
