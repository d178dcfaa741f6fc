"use client";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { useKeyRegistry } from "./use-keys.ts";

const names: Record<string, string> = { "mod+k": "⌘K", "mod+Enter": "⌘↵", Escape: "esc", Enter: "↵" };

/** How a key is written. */
function keyName(key: string): string {
  return names[key] ?? key;
}

interface KeyHintProps {
  readonly value: string;
  /** In the key sheet hints never fade. */
  readonly steady?: boolean;
}

/** A key, shown inside the control that it presses. It fades once it has been used, and phones have no keys. */
export function KeyHint({ value, steady }: KeyHintProps): ReactNode {
  const { used } = useKeyRegistry();
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
      {keyName(value)}
    </span>
  );
}
