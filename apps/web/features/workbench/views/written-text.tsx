import { type ReactNode, useMemo } from "react";
import { cutBy, type Range } from "../text/cut-by.ts";
import { paragraphsOf } from "../text/paragraphs.ts";

interface WrittenTextProps {
  readonly text: string;
  readonly lang: string;
  /** What another text shares, to be dimmed. */
  readonly shared?: readonly Range[] | undefined;
  /** What sets it is on its way. */
  readonly waiting?: boolean;
}

/** A text as it was written, sign for sign. */
export function WrittenText({ text, lang, shared, waiting }: WrittenTextProps): ReactNode {
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  return (
    <div lang={lang} className="read reading" data-waiting={waiting || undefined}>
      {paragraphs.map(({ start, end }) => (
        // Each paragraph finds its own direction, since an answer may quote a language of the other one.
        <p key={start} dir="auto">
          {shared
            ? cutBy(shared, start, end).map((part) => (
                <span key={part.start} className={part.shared ? "text-ink-3" : undefined}>
                  {text.slice(part.start, part.end)}
                </span>
              ))
            : text.slice(start, end)}
        </p>
      ))}
    </div>
  );
}
