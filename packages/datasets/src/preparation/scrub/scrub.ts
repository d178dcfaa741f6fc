import type { PersonalDataKind, PreparationSpec } from "@touchstone/contracts";
import type { Step } from "../item.ts";
import { mapTexts } from "../row-texts.ts";
import { scrubCredentials } from "./credentials.ts";
import { scrubEmail } from "./email.ts";
import { scrubIp } from "./ip.ts";
import { scrubCard, scrubIban, scrubIdentity } from "./numbers.ts";
import { scrubPhone } from "./phone.ts";
import { placeholders, type Scrubber } from "./placeholders.ts";

/** In the order of their certainty: what a check digit proves is not left to a guess, and a password is no e-mail address. */
const scrubbers: readonly (readonly [PersonalDataKind, Scrubber])[] = [
  ["credentials", scrubCredentials],
  ["email", scrubEmail],
  ["iban", scrubIban],
  ["identity", scrubIdentity],
  ["card", scrubCard],
  ["phone", scrubPhone],
  ["ip", scrubIp],
];

/** Digits, an at sign or an address: without one of these there is nothing to find. */
const anything = /\d|@|:\/\//u;

/**
 * A text with its personal data replaced by placeholders, and which kinds were found. Only what can be told by its form is found:
 * names and postal addresses are not. Scrubbing again changes nothing.
 *
 * @param tell hears of each one found, as it stands in the text
 */
export function scrubText(
  text: string,
  kinds: readonly PersonalDataKind[],
  tell: (kind: PersonalDataKind, found: string) => void = () => {},
): { readonly text: string; readonly found: ReadonlySet<PersonalDataKind> } {
  const found = new Set<PersonalDataKind>();
  if (!anything.test(text)) return { text, found };
  const wanted = scrubbers.filter(([kind]) => kinds.includes(kind));
  let scrubbed = text;
  // A number that stood against another may stand alone once that one is gone. Every round takes digits or signs away.
  for (let before = ""; before !== scrubbed; ) {
    before = scrubbed;
    for (const [kind, scrub] of wanted) {
      scrubbed = scrub(scrubbed, (one) => {
        // A secret that was scrubbed before stands in its parameter still, as a placeholder.
        if (one !== placeholders[kind]) {
          found.add(kind);
          tell(kind, one);
        }
        return placeholders[kind];
      });
    }
  }
  return { text: scrubbed, found };
}

/** Personal data in every text of every row. */
export function scrubbing({ kinds }: PreparationSpec["scrub"]): Step {
  return (item, tell) => {
    const all = new Set<PersonalDataKind>();
    const row = mapTexts(item.row, (text) => {
      const { text: scrubbed, found } = scrubText(text, kinds);
      for (const kind of found) all.add(kind);
      return scrubbed;
    });
    for (const kind of all) tell(placeholders[kind]);
    return row === item.row ? item : { ...item, row };
  };
}
