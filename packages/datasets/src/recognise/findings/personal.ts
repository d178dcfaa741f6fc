import { PersonalDataKind, type ReceiptFindings } from "@touchstone/contracts";
import { scrubText } from "../../preparation/scrub/scrub.ts";
import { type Occurrences, occurred } from "../occurrences.ts";

type Kind = ReceiptFindings["personal"]["kinds"][number];

/** Examples of each kind, each another one. */
const mostExamples = 3;
/**
 * Without one of these a text holds nothing that is found: an at sign, an address, six digits with what may stand between
 * them, an account's beginning, groups of an address of a machine. One look at a text instead of a dozen.
 */
const anything = /@|:\/\/|\d(?:[ ().\-–/]{0,3}\d){5}|[A-Z]{2}\d\d ?[A-Z0-9]{4}|\d\.\d{1,3}\.\d|[\da-f]:[\da-f]*:/iu;

/** What texts hold of people, by its form: how often, in which rows, and masked examples. */
export class PersonalData {
  readonly #rows: Occurrences = { count: 0, lines: [] };
  readonly #found = new Map<PersonalDataKind, { found: number; readonly rows: Occurrences; examples: Set<string> }>();

  add(texts: readonly string[], line: number): void {
    const kinds = new Set<PersonalDataKind>();
    for (const text of texts) {
      if (!anything.test(text)) continue;
      scrubText(text, PersonalDataKind.options, (kind, one) => {
        kinds.add(kind);
        const of = this.#of(kind);
        of.found += 1;
        if (of.examples.size < mostExamples) of.examples.add(masked(kind, one));
      });
    }
    if (kinds.size > 0) occurred(this.#rows, line);
    for (const kind of kinds) occurred(this.#of(kind).rows, line);
  }

  view(): ReceiptFindings["personal"] {
    const kinds = PersonalDataKind.options.flatMap((kind): Kind[] => {
      const of = this.#found.get(kind);
      return of ? [{ kind, found: of.found, ...of.rows, examples: [...of.examples] }] : [];
    });
    return { rows: this.#rows, kinds };
  }

  #of(kind: PersonalDataKind) {
    const known = this.#found.get(kind) ?? { found: 0, rows: { count: 0, lines: [] }, examples: new Set<string>() };
    this.#found.set(kind, known);
    return known;
  }
}

/** Enough to tell what it is and to find it in the file; too little to reach anybody. */
export function masked(kind: PersonalDataKind, found: string): string {
  const digits = found.replaceAll(/\D/gu, "");
  switch (kind) {
    case "email":
      return `${found.slice(0, 1)}…@…${found.slice(found.lastIndexOf(".") + 1)}`;
    case "phone":
      return `${found.startsWith("+") ? "+" : ""}…${digits.slice(-2)}`;
    case "card":
      return `…${digits.slice(-4)}`;
    case "iban":
      return `${found.slice(0, 2)}…${found.trim().slice(-2)}`;
    case "ip":
      return `${/^[\da-f]+/iu.exec(found)?.[0] ?? ""}…`;
    case "identity":
      return `…${found.slice(-1)}`;
    case "credentials":
      return "…";
  }
}
