"use client";
import { type ReactNode, useSyncExternalStore } from "react";
import { classNames } from "../class-names.ts";
import { useKeyRegistry } from "./use-keys.ts";

const names: Readonly<Record<string, string>> = { Escape: "esc", Enter: "↵" };

/** How a key is written on this machine's keyboard: Command is Apple's, all others have Control. */
export function keyName(key: string, apple: boolean): string {
  if (!key.startsWith("mod+")) return names[key] ?? key;
  const rest = key.slice("mod+".length);
  const letter = names[rest] ?? rest.toUpperCase();
  return apple ? `⌘${letter}` : `Ctrl ${letter}`;
}

const isApple = (): boolean => /^(Mac|iP)/.test(navigator.platform);
const never = () => () => undefined;

interface KeyHintProps {
  readonly value: string;
  /** In the key sheet hints never fade. */
  readonly steady?: boolean;
}

/** A key, shown inside the control that it presses. It fades once it has been used, and phones have no keys. */
export function KeyHint({ value, steady }: KeyHintProps): ReactNode {
  const { used } = useKeyRegistry();
  const apple = useSyncExternalStore(never, isApple, () => false);
  const faded = !steady && used.has(value);
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "inline-block min-w-4.5 rounded-sm border border-line bg-surface px-1 py-0.5 text-center font-sans text-2xs leading-none font-medium text-ink-3 transition-opacity duration-(--move)",
        !steady && "max-md:hidden",
        faded && "opacity-40",
      )}
    >
      {keyName(value, apple)}
    </span>
  );
}
