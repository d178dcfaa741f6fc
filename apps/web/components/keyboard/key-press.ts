/** The part of a keyboard event that decides; plain data, so that it can be tested without a browser. */
export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard, whatever layout lies over it: `Digit1`, `KeyF`. */
  readonly code: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly repeat: boolean;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
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
  const key = nameOf(press);
  if (press.metaKey || press.ctrlKey) return `mod+${key}`;
  if (press.inText && key !== "Escape") return undefined;
  return key;
}

/**
 * What a key says counts before where it lies, so that Dvorak keeps its letters. The place decides where the key says
 * nothing that could be bound: letters of another script, dead keys, and the digits of AZERTY, which need Shift there.
 */
function nameOf({ key, code, shiftKey }: KeyPress): string {
  // Full-width forms, as Chinese and Japanese input methods write them, are the same keys.
  const said = key.normalize("NFKC").toLowerCase();
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit && !shiftKey && !/^[0-9]$/.test(said)) return digit;
  const writesLatin = said.length === 1 && said >= " " && said <= "~";
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && !writesLatin && (said.length === 1 || key === "Dead")) return letter.toLowerCase();
  return said.length === 1 ? said : key;
}

const textRoles = "[role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=spinbutton]";

/** Whether letters typed now belong to a field. A button or a checkbox leaves the single keys alone. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  if (target.closest(textRoles)) return true;
  const withoutText = ["button", "checkbox", "radio", "range", "reset", "submit", "file", "color"];
  return target instanceof HTMLInputElement && !withoutText.includes(target.type);
}
