"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyHint } from "../../../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { languageOf } from "../../text/guess-language.ts";
import type { ControlProps } from "../question-parts.ts";
import { questionWords } from "../question-words.ts";
import { boundsOf, textOf } from "./bounds.ts";
import { focusWriting } from "./focus-writing.ts";
import { WritingField } from "./writing-field.tsx";

/** A text to be written, below the answers or below the prompt alone. */
export function TextControl({ question, task, draft, current, onDraft }: ControlProps): ReactNode {
  const t = useTranslations("questions");
  const kept = textOf(draft);
  useKeys([{ key: "w", label: t("written.key"), run: focusWriting }]);
  return (
    <WritingField
      id={`write-${question.name}`}
      label={questionWords(question, (kind) => t(`kinds.${kind}`))}
      kept={kept}
      bounds={boundsOf(question)}
      multiline={question.settings.multiline !== false}
      lang={kept === "" ? undefined : languageOf(kept, task.prompt.language)}
      current={current}
      onKeep={(text) => onDraft(text === "" ? null : { text })}
    >
      <KeyHint value="w" />
    </WritingField>
  );
}
