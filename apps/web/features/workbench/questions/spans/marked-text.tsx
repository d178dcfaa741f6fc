"use client";
import { memo, type ReactNode, useMemo } from "react";
import { paragraphsOf } from "../../text/paragraphs.ts";
import { type DrawnSpan, type Piece, piecesOf } from "./pieces.ts";

/** How marks look: told apart by number first, then by colour for the category and by weight of the line for the severity. */
export interface MarkLooks {
  readonly categories: readonly string[];
  readonly severities: readonly string[];
}

interface MarkedTextProps {
  readonly text: string;
  readonly lang: string;
  readonly spans: readonly DrawnSpan[];
  readonly looks: MarkLooks;
  /** The number of the mark in hand. */
  readonly current: number | null;
}

/** A text as it was written, sign for sign, with what is marked in it. */
export function MarkedText({ text, lang, spans, looks, current }: MarkedTextProps): ReactNode {
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  return (
    <div lang={lang} className="read reading">
      {paragraphs.map(({ start, end }) => {
        const inside = spans.filter((span) => span.start < end && span.end > start);
        return (
          <MarkedParagraph
            key={start}
            text={text}
            start={start}
            end={end}
            // Long texts have many paragraphs, and a mark changes one: the others are known by what lies in them.
            signature={JSON.stringify([
              inside,
              looks,
              inside.some(({ number }) => number === current) ? current : null,
            ])}
            spans={inside}
            looks={looks}
            current={current}
          />
        );
      })}
    </div>
  );
}

interface MarkedParagraphProps extends Omit<MarkedTextProps, "lang"> {
  readonly start: number;
  readonly end: number;
  readonly signature: string;
}

const MarkedParagraph = memo(
  function MarkedParagraph({ text, start, end, spans, looks, current }: MarkedParagraphProps): ReactNode {
    return (
      <p dir="auto">
        {piecesOf(spans, start, end).map((piece) => (
          <Nested key={piece.start} text={text} piece={piece} depth={0} looks={looks} current={current} />
        ))}
      </p>
    );
  },
  (before, after) => before.signature === after.signature && before.text === after.text,
);

interface NestedProps extends Pick<MarkedTextProps, "text" | "looks" | "current"> {
  readonly piece: Piece;
  readonly depth: number;
}

/** Each mark that covers a piece has a line of its own below it. */
function Nested({ text, piece, depth, looks, current }: NestedProps): ReactNode {
  const span = piece.spans[depth];
  if (!span) return <span data-at={piece.start}>{text.slice(piece.start, piece.end)}</span>;
  const { mark, number } = span;
  return (
    <mark
      className="span-mark"
      data-mark={number}
      data-tone={(looks.categories.indexOf(mark.category) % 6) + 1}
      data-level={levelOf(mark.severity, looks.severities)}
      data-below={Math.min(piece.spans.length - depth - 1, 3)}
      data-current={number === current || undefined}
    >
      {/* Drawn and not written: what is copied or counted is the text alone. */}
      {span.start === piece.start ? <i aria-hidden="true" data-number={number} /> : null}
      <Nested text={text} piece={piece} depth={depth + 1} looks={looks} current={current} />
    </mark>
  );
}

/** 1 to 3, from the mildest to the worst. */
export function levelOf(severity: string, severities: readonly string[]): 1 | 2 | 3 {
  const share = (severities.indexOf(severity) + 1) / Math.max(1, severities.length);
  if (share > 2 / 3) return 3;
  return share > 1 / 3 ? 2 : 1;
}
