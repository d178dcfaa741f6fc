import { type KeyboardEvent, type ReactNode, type RefObject, useId } from "react";
import { Textarea } from "../../components/forms/field.tsx";
import { growAsFilled } from "../workbench/questions/written/grow-as-filled.ts";

interface ChatFieldProps {
  readonly label: string;
  /** Which keys do what. */
  readonly hint: ReactNode;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  /** For whoever puts the reader's cursor back here. */
  readonly field?: RefObject<HTMLTextAreaElement | null>;
  /** Buttons beside it. */
  readonly children: ReactNode;
}

/** Where the next turn is written. Enter sends, with Shift it begins a line; an input method's own Enter chooses characters. */
export function ChatField({ label, hint, text, onText, onSend, field, children }: ChatFieldProps): ReactNode {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const { isComposing, keyCode } = event.nativeEvent;
    // Some browsers tell an input method's Enter by this code alone.
    if (event.key !== "Enter" || event.shiftKey || isComposing || keyCode === 229) return;
    event.preventDefault();
    onSend();
  };
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Textarea
        id={id}
        rows={2}
        dir="auto"
        value={text}
        placeholder={label}
        aria-describedby={`${id}-hint`}
        enterKeyHint="send"
        className="max-h-60 min-h-16"
        ref={(element) => {
          if (field) field.current = element;
          return element ? growAsFilled(element) : undefined;
        }}
        onKeyDown={onKeyDown}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div className="flex flex-wrap items-center gap-2">
        {children}
        <p id={`${id}-hint`} className="text-xs text-ink-3 max-md:hidden">
          {hint}
        </p>
      </div>
    </div>
  );
}
