/** The part of a keyboard event that decides; plain data, so that it can be tested without a browser. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly repeat: boolean;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  /** Whether the focus is where letters go into a text. */
  readonly inText: boolean;
}

/** Browsers report this code for keys that an input method takes, some of them without `isComposing`. */
const takenByInputMethod = 229;

/**
 * The name under which a press may be bound: `1`, `z`, `?`, `Escape`, or `mod+k` for Command or Control with a
 * letter. Nothing while an input method composes, while someone types, or while the key merely repeats.
 */
export function shortcutOf(press: KeyPress): string | undefined {
  if (press.isComposing || press.keyCode === takenByInputMethod || press.key === "Process") return undefined;
  if (press.repeat || press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.metaKey || press.ctrlKey) return `mod+${key}`;
  if (press.inText && key !== "Escape") return undefined;
  return key;
}

/** Whether letters typed now belong to a field. A button or a checkbox leaves the single keys alone. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const withoutText = ["button", "checkbox", "radio", "range", "reset", "submit", "file", "color"];
  return target instanceof HTMLInputElement && !withoutText.includes(target.type);
}
