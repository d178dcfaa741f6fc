"use client";
import type { ColumnMapping } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Textarea } from "../../components/forms/field.tsx";

interface Props {
  readonly mapping: ColumnMapping;
  readonly disabled: boolean;
  readonly onRead: (json: string) => void;
}

/** The mapping as text, for what the menus cannot say: values of votes, grades, paths into lists. */
export function AdvancedMapping({ mapping, disabled, onRead }: Props): ReactNode {
  const t = useTranslations("imports");
  const [text, setText] = useState(() => JSON.stringify(mapping, null, 2));
  return (
    <>
      <Field label={t("mapping")} hint={t("mappingHint")}>
        <Textarea
          rows={10}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button className="justify-self-start" disabled={disabled} onClick={() => onRead(text)}>
        {t("readAgain")}
      </Button>
    </>
  );
}
