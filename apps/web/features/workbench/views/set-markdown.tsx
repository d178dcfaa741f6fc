"use client";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useMemo, useState } from "react";
import type { TextTools } from "../text/markdown/render-context.ts";
import { renderMarkdown } from "../text/markdown/render-markdown.tsx";
import { isTooLongToSet } from "../text/markdown/too-long.ts";
import { WrittenText } from "./written-text.tsx";

interface SetMarkdownProps {
  readonly text: string;
  readonly lang: string;
  readonly tools: TextTools;
}

/** A text as its Markdown says; as it was written where that would take too long, until somebody wants it all the same. */
export function SetMarkdown(props: SetMarkdownProps): ReactNode {
  const t = useTranslations("workbench.text");
  const { text, lang } = props;
  const [anyway, setAnyway] = useState(false);
  const isTooLong = useMemo(() => isTooLongToSet(text), [text]);
  if (!isTooLong || anyway) return <RenderedText {...props} />;
  return (
    <>
      <p className="mb-2 text-xs text-ink-3">
        {t("long", { count: text.length })}{" "}
        <button type="button" className="text-accent underline" onClick={() => setAnyway(true)}>
          {t("setAnyway")}
        </button>
      </p>
      <WrittenText text={text} lang={lang} />
    </>
  );
}

function RenderedText({ text, lang, tools }: SetMarkdownProps): ReactNode {
  const t = useTranslations("workbench.text");
  const blocks = useMemo(() => {
    const words = { picture: t("picture"), table: t("table"), code: t("code") };
    try {
      return renderMarkdown(text.replaceAll("\r\n", "\n"), words, tools);
    } catch {
      // Nesting that no parser follows to its end: the text is shown as it was written.
      return undefined;
    }
  }, [text, tools, t]);
  if (!blocks) return <WrittenText text={text} lang={lang} />;
  return (
    <div lang={lang} className="read reading">
      {blocks.map(({ start, shown }) => (
        <Fragment key={start}>{shown}</Fragment>
      ))}
    </div>
  );
}
