import type { ReactNode } from "react";
import { guessLanguage } from "../text/guess-language.ts";
import { emphasised, type GuidelineBlock, textOf } from "../text/guideline-blocks.ts";

/** A guideline as it is read: titles, paragraphs, lists, each in the face of its own language. */
export function GuidelineText({ blocks }: { readonly blocks: readonly GuidelineBlock[] }): ReactNode {
  const numbered = blocks.map((block, index) => ({ block, number: index + 1 }));
  return (
    <div className="grid gap-3 text-md leading-relaxed text-ink-2 [overflow-wrap:anywhere]">
      {numbered.map(({ block, number }) => (
        <div key={number} dir="auto" lang={guessLanguage(textOf(block))}>
          <Block block={block} />
        </div>
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: GuidelineBlock }): ReactNode {
  if (block.kind === "heading") {
    const size = block.level === 1 ? "mt-2 text-lg" : "mt-2 text-md";
    return <h3 className={`${size} font-semibold text-ink`}>{block.text}</h3>;
  }
  if (block.kind === "paragraph") return <Line text={block.text} />;
  const List = block.ordered ? "ol" : "ul";
  return (
    <List className={`grid gap-2 ps-5 ${block.ordered ? "list-decimal" : "list-disc"} marker:text-ink-3`}>
      {block.items.map((item) => (
        <li key={item}>
          <Line text={item} />
        </li>
      ))}
    </List>
  );
}

/** A line with its emphasis; Chinese has no italics, so stress is weight there as everywhere. */
function Line({ text }: { readonly text: string }): ReactNode {
  const pieces = emphasised(text).map((piece, index) => ({ ...piece, number: index }));
  return (
    <span className="whitespace-pre-line">
      {pieces.map(({ text: words, as, number }) =>
        as === "plain" ? (
          words
        ) : (
          <strong key={number} className="font-medium text-ink">
            {words}
          </strong>
        ),
      )}
    </span>
  );
}
