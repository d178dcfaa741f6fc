import type { ReactNode } from "react";

/** A person's initials. Chinese names show their last character, as one addresses people. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length > 1)
    return words
      .slice(0, 2)
      .map((word) => [...word][0]?.toUpperCase() ?? "")
      .join("");
  const letters = [...(words[0] ?? "")];
  if (/\p{Script=Han}/u.test(name)) return letters.at(-1) ?? "";
  return letters.slice(0, 2).join("").toUpperCase();
}

/** The initials are drawn, not written: they are no part of the name of a button that shows a face. */
export function Face({ name }: { readonly name: string }): ReactNode {
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(name)}
      className="grid size-6 flex-none place-items-center rounded-full bg-sunken text-2xs font-semibold text-ink-2 before:content-[attr(data-initials)]"
    />
  );
}
