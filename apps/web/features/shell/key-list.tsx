"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import type { KeyBinding } from "../../components/keyboard/key-registry.ts";

/** One line a key, the keys of every screen last. Where layers bind the same key, the innermost is the one that answers. */
function listed(layers: readonly (readonly KeyBinding[])[]): KeyBinding[] {
  const byKey = new Map(layers.flat().map((binding) => [binding.key, binding]));
  const everywhere = ({ key }: KeyBinding): boolean => key === "?" || key === "mod+k";
  const named = [...byKey.values()].filter(({ label }) => label);
  return named.toSorted((left, right) => Number(everywhere(left)) - Number(everywhere(right)));
}

/** The keys of a screen, as its layers bind them. */
export function KeyList({ layers }: { readonly layers: readonly (readonly KeyBinding[])[] }): ReactNode {
  const t = useTranslations("shell");
  return (
    <div className="p-6">
      <h2 className="mb-4 text-lg">{t("keys")}</h2>
      <dl className="grid grid-cols-[3rem_1fr] items-baseline gap-x-3 gap-y-2">
        {listed(layers).map(({ key, label }) => (
          <div key={key} className="contents">
            <dt>
              <KeyHint value={key} steady />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
