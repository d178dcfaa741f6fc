import { type Language, lookUp, people, things } from "./lexicon.ts";
import { formById, forms, type SentenceForm, slotWords } from "./sentence-forms.ts";

/** Slot → word id; an absent optional slot is null or missing. */
export type Slots = Readonly<Record<string, string | null>>;

/** A sentence that the grammar recognises. */
export interface ParsedSentence {
  readonly form: SentenceForm;
  readonly slots: Slots;
  /** False where only agreement is wrong: article, measure word, capital. */
  readonly agrees: boolean;
}

/** Writes a sentence with its capital and full stop. */
export function writeSentence(formId: string, slots: Slots, language: Language): string {
  const clause = fill(formById(formId)[language], slots, language);
  return language === "en" ? `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.` : `${clause}。`;
}

/** Reads one sentence without its full stop; null when no form of the grammar fits. */
export function parseSentence(text: string, language: Language): ParsedSentence | null {
  for (const { form, pattern } of patterns[language]) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) continue;
    const slots: Record<string, string | null> = {};
    for (const [slot, surface] of Object.entries(groups)) slots[slot] = idOf(slot, surface, language);
    return { form, slots, agrees: writeSentence(form.id, slots, language).slice(0, -1) === text };
  }
  return null;
}

/** Sentences of a text in order, without their stops; `ended` tells whether the last one has its stop. */
export function splitSentences(text: string): { sentences: string[]; ended: boolean } {
  const trimmed = text.trim();
  const sentences = trimmed
    .split(/[.!?。！？]+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 0);
  return { sentences, ended: /[.!?。！？]$/u.test(trimmed) };
}

export function pronounOf(who: string): "she" | "he" {
  return lookUp(people, who).she ? "she" : "he";
}

/** A word as it is written in a language; slots outside the lexicon (article, measure) never come here. */
export function surface(slot: string, id: string, language: Language): string {
  return lookUp(slotWords[slot] ?? [], id)[language];
}

function fill(template: string, slots: Slots, language: Language): string {
  const word = (slot: string): string | null => {
    if (slot === "measure") return lookUp(things, slots.thing ?? "").measure;
    if (slot === "article") return /^[aeiou]/u.test(slots.look ?? slots.thing ?? "") ? "an" : "a";
    const id = slots[slot];
    return id ? surface(slot, id, language) : null;
  };
  const replace = (part: string) =>
    part.replace(/\{(\w+)\}/gu, (_, slot: string) => {
      const written = word(slot);
      if (written === null) throw new RangeError(`the sentence "${template}" needs a ${slot}`);
      return written;
    });
  const withOptions = template.replace(/\[([^\]]*)\]/gu, (_, part: string) => {
    const slot = /\{(\w+)\}/u.exec(part)?.[1] ?? "";
    return slots[slot] ? replace(part) : "";
  });
  return replace(withOptions);
}

function compile(form: SentenceForm, language: Language): RegExp {
  const source = form[language]
    .replace(/\[/gu, "(?:")
    .replace(/\]/gu, ")?")
    .replace(/\{(\w+)\}/gu, (_, slot: string) => {
      // Longest first, so that no word is taken for a shorter one that begins it.
      const surfaces = (slotWords[slot] ?? []).map((entry) => entry[language]).sort((a, b) => b.length - a.length);
      return `(?<${slot}>${surfaces.join("|")})`;
    });
  return new RegExp(`^${source}$`, "iu");
}

const patterns = {
  en: forms.map((form) => ({ form, pattern: compile(form, "en") })),
  zh: forms.map((form) => ({ form, pattern: compile(form, "zh") })),
};

function idOf(slot: string, written: string | undefined, language: Language): string | null {
  if (written === undefined) return null;
  const wanted = written.toLowerCase();
  return slotWords[slot]?.find((word) => word[language].toLowerCase() === wanted)?.en ?? null;
}
