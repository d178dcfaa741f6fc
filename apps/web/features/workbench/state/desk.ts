import { takesText } from "../../../components/keyboard/key-press.ts";
import { localStore } from "../local-store.ts";
import { type BlurMemory, blurIn } from "./blur.ts";

/** What the workbench knows of the machine that it stands on. */
export interface Desk extends BlurMemory {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** The date, which may be set back. */
  readonly date: () => number;
  readonly visible: () => boolean;
  /** Whether the focus is in a field, so that what is typed goes there. */
  readonly typing: () => boolean;
  readonly online: () => boolean;
  readonly newKey: () => string;
  /** Language of the page. */
  readonly locale: () => string;
  /** Width and height of the window, such as `1280x800`. */
  readonly viewport: () => string;
}

export type InputKind = "keyboard" | "pointer" | "touch";

/** Version 4 without `crypto.randomUUID`, which browsers offer on secure origins only. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, "0");
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, "0");
    return byte.toString(16).padStart(2, "0");
  });
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function browserDesk(memberId = ""): Desk {
  return {
    now: () => performance.now(),
    date: () => Date.now(),
    typing: () => takesText(document.activeElement),
    visible: () => document.visibilityState === "visible",
    online: () => navigator.onLine,
    newKey: randomKey,
    locale: () => document.documentElement.lang,
    viewport: () => `${window.innerWidth}x${window.innerHeight}`,
    ...blurIn(localStore, memberId),
  };
}
