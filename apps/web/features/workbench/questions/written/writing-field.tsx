"use client";
import { charactersIn, type LengthBounds, lengthFault } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { classNames } from "../../../../components/class-names.ts";
import { focusDesk } from "../../state/focus-desk.ts";
import { growAsFilled } from "./grow-as-filled.ts";
import { useLocalText } from "./use-local-text.ts";

interface WritingFieldProps {
  readonly id: string;
  readonly label: string;
  /** As the session has it. */
  readonly kept: string;
  readonly bounds: LengthBounds;
  readonly multiline: boolean;
  readonly lang?: string | undefined;
  /** Whether the key that goes to a field means this one before others; absent where that key means it never. */
  readonly current?: boolean;
  readonly onKeep: (text: string) => void;
  /** What stands at the end of the line below. */
  readonly children?: ReactNode;
}

/**
 * Where somebody writes: letters are letters, Escape goes back to the keys of the desk, and the keys of an input method are
 * its own. How long the text is, and may be, stands below it all the time.
 */
export function WritingField(props: WritingFieldProps): ReactNode {
  const { id, label, kept, bounds, multiline, lang, current, onKeep, children } = props;
  const t = useTranslations("questions.written");
  const [left, setLeft] = useState(false);
  const { text, change, flush } = useLocalText(kept, onKeep);
  const fault = text === "" ? null : lengthFault(text, bounds);
  const wrong = fault === "tooLong" || (left && fault !== null);
  const short = fault === "tooShort" || (text === "" && bounds.minLength > 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    const { isComposing, keyCode } = event.nativeEvent;
    // An input method's own Enter chooses characters; some browsers tell it by this code alone.
    if (isComposing || keyCode === 229) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) flush();
    else if (event.key === "Escape" || (event.key === "Enter" && !multiline)) {
      event.preventDefault();
      focusDesk();
    }
  };
  const shared = {
    id,
    lang,
    dir: "auto",
    value: text,
    "aria-label": label,
    "aria-describedby": `${id}-length`,
    "aria-invalid": wrong || undefined,
    "data-writing": current,
    onKeyDown,
    onBlur: () => {
      flush();
      setLeft(true);
    },
  } as const;
  return (
    <div className="grid gap-1">
      {multiline ? (
        <textarea
          {...shared}
          ref={growAsFilled}
          rows={4}
          className="writing-field"
          onChange={(event) => change(event.currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          type="text"
          className="writing-field"
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
      <p id={`${id}-length`} className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <span className="tabular-nums">{t("count", { count: charactersIn(text), most: bounds.maxLength })}</span>
        <span role="status" className={classNames(wrong && "text-warn")}>
          {short ? t("tooShort", { least: bounds.minLength }) : null}
          {fault === "tooLong" ? t("tooLong", { most: bounds.maxLength }) : null}
          {fault === "blank" ? t("blank") : null}
        </span>
        {children}
      </p>
    </div>
  );
}
