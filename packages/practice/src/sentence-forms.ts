import { colours, deeds, feelings, kinds, looks, type Mood, people, places, things, type Word } from "./lexicon.ts";

/**
 * The grammar. A form is one kind of sentence, written once a language as a template: `{slot}` takes a word, and
 * `[ … ]` is left out when its slot is empty. The same template writes a sentence and reads it back.
 */
export interface SentenceForm {
  readonly id: string;
  readonly role: "event" | "fact" | "step" | "ending" | "verdict";
  readonly en: string;
  readonly zh: string;
  readonly mood?: Mood;
}

const event = {
  en: "{who} {deed} {article} [{look} ]{thing}[ {place}]",
  zh: "{who}[在{place}]{deed}一{measure}[{look}]{thing}",
};

export const forms: readonly SentenceForm[] = [
  { id: "event", role: "event", ...event },
  { id: "holds", role: "fact", en: "{who} has the {thing}", zh: "{who}拿着{thing}" },
  { id: "stands", role: "fact", en: "the {thing} is {place}", zh: "{thing}在{place}" },
  { id: "looks", role: "fact", en: "the {thing} is {colour}", zh: "{thing}是{colour}" },
  { id: "gave", role: "step", en: "{pronoun} gave it to {friend}", zh: "{pronoun}把它送给了{friend}", mood: "happy" },
  { id: "showed", role: "step", en: "{pronoun} showed it to {friend}", zh: "{pronoun}把它拿给{friend}看" },
  { id: "home", role: "step", en: "{pronoun} took it home", zh: "{pronoun}把它带回了家" },
  { id: "kept", role: "step", en: "{pronoun} put it in a box", zh: "{pronoun}把它放进了盒子里" },
  { id: "hid", role: "step", en: "{pronoun} hid it from {friend}", zh: "{pronoun}把它藏起来，没让{friend}看见" },
  { id: "searched", role: "step", en: "{pronoun} looked for it all day", zh: "{pronoun}找了一整天", mood: "sad" },
  { id: "asked", role: "step", en: "{pronoun} asked {friend} for help", zh: "{pronoun}请{friend}帮忙" },
  { id: "was happy", role: "ending", en: "{pronoun} was happy", zh: "{pronoun}很高兴", mood: "happy" },
  { id: "was proud", role: "ending", en: "{pronoun} was proud", zh: "{pronoun}很自豪", mood: "happy" },
  { id: "sang", role: "ending", en: "{pronoun} sang a song", zh: "{pronoun}唱起了歌", mood: "happy" },
  { id: "was sad", role: "ending", en: "{pronoun} was sad", zh: "{pronoun}很难过", mood: "sad" },
  { id: "cried", role: "ending", en: "{pronoun} cried", zh: "{pronoun}哭了", mood: "sad" },
  { id: "alone", role: "ending", en: "{pronoun} went home alone", zh: "{pronoun}一个人回了家", mood: "sad" },
  { id: "because", role: "verdict", en: `{feeling}, because ${event.en}`, zh: `{feeling}，因为${event.zh}` },
  { id: "is", role: "verdict", en: "{article} [{look} ]{thing} is {kind}", zh: "[{look}]{thing}是{kind}" },
];

/** Words that may fill each slot. `article` and `measure` follow from the words beside them. */
export const slotWords: Readonly<Record<string, readonly Word[]>> = {
  who: people,
  friend: people,
  pronoun: [
    { en: "she", zh: "她" },
    { en: "he", zh: "他" },
  ],
  deed: deeds,
  look: looks,
  colour: colours,
  thing: things,
  place: places,
  feeling: feelings,
  kind: kinds,
  article: ["a", "an"].map((en) => ({ en, zh: en })),
  measure: [...new Set(things.map((thing) => thing.measure))].map((zh) => ({ en: zh, zh })),
};

export function formById(id: string): SentenceForm {
  const form = forms.find((candidate) => candidate.id === id);
  if (!form) throw new RangeError(`the practice grammar has no sentence "${id}"`);
  return form;
}

export const endingForms = forms.filter((form) => form.role === "ending");
