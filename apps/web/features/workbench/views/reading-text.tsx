import { type ReactNode, useMemo } from "react";
import { cutBy, type Range } from "../text/differences.ts";
import { languageOf } from "../text/guess-language.ts";
import { blocksOf } from "../text/text-blocks.ts";

interface ReadingTextProps {
  readonly text: string;
  /** BCP 47 where it is said; the script decides where nothing is, or where it contradicts. */
  readonly language: string | null;
  /** What another text shares, to be dimmed. */
  readonly shared?: readonly Range[] | undefined;
}

/** A text under judgement: whole, in its own direction and language, code in the fixed face. */
export function ReadingText({ text, language, shared }: ReadingTextProps): ReactNode {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div lang={languageOf(text, language)} className="read reading">
      {blocks.map(({ kind, start, end }) => {
        const parts = cutBy(shared ?? [], start, end).map((part) => (
          <span key={part.start} className={part.shared ? "text-ink-3" : undefined}>
            {text.slice(part.start, part.end)}
          </span>
        ));
        return kind === "code" ? (
          <pre key={start} dir="ltr">
            <code>{parts}</code>
          </pre>
        ) : (
          // Each paragraph finds its own direction, since an answer may quote a language of the other one.
          <p key={start} dir="auto">
            {parts}
          </p>
        );
      })}
    </div>
  );
}
