"use client";
import { useLocale } from "next-intl";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Input } from "../../components/forms/field.tsx";
import { languageName, offeredLanguages } from "./language-name.ts";

/** A language tag, written or chosen from those that are asked for most. */
export function LanguageInput(props: ComponentProps<"input">): ReactNode {
  const id = useId();
  const locale = useLocale();
  return (
    <>
      <Input {...props} list={id} spellCheck={false} autoComplete="off" maxLength={35} className="w-48" />
      <datalist id={id}>
        {offeredLanguages.map((tag) => (
          <option key={tag} value={tag}>
            {languageName(tag, locale)}
          </option>
        ))}
      </datalist>
    </>
  );
}
