import { type Answer, lengthFault, longestWritten } from "@touchstone/contracts";

/** A correction as it is put together: which answer, and what each of them was edited to. Only one of them is sent. */
export interface Correction {
  readonly choice: "edited" | "unchanged" | null;
  readonly place: number | null;
  /** By place as shown, the edited texts: one that is set aside for another comes back when it is chosen again. */
  readonly texts: Readonly<Record<number, string>>;
}

/** What a draft says, or an answer that an undo has brought back. */
export function correctionOf(draft: Answer | undefined): Correction {
  const { choice, place, text, texts } = draft ?? {};
  if (typeof place !== "number" || (choice !== "edited" && choice !== "unchanged")) {
    return { choice: null, place: null, texts: editedTexts(texts) };
  }
  const own = typeof text === "string" ? { [place]: text } : {};
  return { choice, place, texts: { ...editedTexts(texts), ...own } };
}

function editedTexts(said: unknown): Record<number, string> {
  if (typeof said !== "object" || said === null) return {};
  return Object.fromEntries(
    Object.entries(said).flatMap(([place, text]: [string, unknown]) =>
      typeof text === "string" ? [[place, text]] : [],
    ),
  );
}

/** As it is kept; null where nothing has been done. */
export function draftOf({ choice, place, texts }: Correction): Answer | null {
  if (choice === null && Object.keys(texts).length === 0) return null;
  return { choice, place, texts: { ...texts } };
}

/** Opens an answer to be edited, as it was left. */
export function opened(correction: Correction, place: number, original: string): Correction {
  return edited(correction, place, correction.texts[place] ?? original);
}

export function edited({ texts }: Correction, place: number, text: string): Correction {
  return { choice: "edited", place, texts: { ...texts, [place]: text } };
}

/** Says of an answer that it is right as it stands; what it was edited to is kept, should that be taken back. */
export const unchanged = ({ texts }: Correction, place: number): Correction => ({ choice: "unchanged", place, texts });

/** Takes back all that was done to an answer. */
export function restored(correction: Correction, place: number): Correction {
  const texts = Object.fromEntries(Object.entries(correction.texts).filter(([other]) => Number(other) !== place));
  return correction.place === place ? { choice: null, place: null, texts } : { ...correction, texts };
}

/** Places whose answers were edited, and are not the one that is sent. */
export function setAside({ choice, place, texts }: Correction, originals: readonly (string | null)[]): number[] {
  return Object.entries(texts).flatMap(([at, text]) => {
    const other = Number(at);
    const isSent = choice === "edited" && other === place;
    return isSent || text === originals[other] ? [] : [other];
  });
}

/** The answer, once there is one. */
export function wholeCorrection(
  { choice, place, texts }: Correction,
  originals: readonly (string | null)[],
): Answer | null {
  if (choice === null || place === null) return null;
  if (choice === "unchanged") return { choice, place };
  const text = texts[place];
  if (text === undefined || text === originals[place]) return null;
  return lengthFault(text, { minLength: 1, maxLength: longestWritten }) === null ? { choice, place, text } : null;
}
