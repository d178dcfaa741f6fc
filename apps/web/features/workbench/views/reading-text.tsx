"use client";
import { isTrajectory } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, Suspense, useMemo, useState } from "react";
import { blankness } from "../text/blank-text.ts";
import type { Range } from "../text/cut-by.ts";
import { languageOf } from "../text/guess-language.ts";
import { neededTools } from "../text/markdown/needed-tools.ts";
import { useSourceChoice } from "../text/source-choice.ts";
import { type LoadedTools, useTextTools } from "../text/text-tools.ts";
import { TrajectoryView } from "./tool-parts.ts";
import { WrittenText } from "./written-text.tsx";

interface ReadingTextProps {
  readonly text: string;
  /** As the data say it, in any words; the script decides where nothing is said, or where it contradicts. */
  readonly language: string | null;
  /** What another text shares, to be dimmed. The text is then shown as it was written, signs and all. */
  readonly shared?: readonly Range[] | undefined;
}

/** A text under judgement: whole, in its own direction and language, and set as its Markdown says. */
export function ReadingText({ text, language, shared }: ReadingTextProps): ReactNode {
  const showsSource = useSourceChoice();
  const blank = blankness(text);
  const lang = languageOf(text, language);
  if (blank) return <BlankText {...blank} />;
  if (isTrajectory(text) && !showsSource) {
    return (
      <Suspense>
        <TrajectoryView text={text} lang={lang} read={(said) => <ReadingText text={said} language={language} />} />
      </Suspense>
    );
  }
  if (showsSource || shared) return <WrittenText text={text} lang={lang} shared={shared} />;
  return <SetText text={text} lang={lang} />;
}

/** An empty card could be a fault of the page; that there is nothing to read is said. */
function BlankText(blank: { readonly kind: "empty" | "blank"; readonly characters: number }): ReactNode {
  const t = useTranslations("workbench");
  return <p className="text-md leading-relaxed text-ink-3">{t(`text.${blank.kind}`, { count: blank.characters })}</p>;
}

interface SetTextProps {
  readonly text: string;
  readonly lang: string;
}

function SetText({ text, lang }: SetTextProps): ReactNode {
  const needed = useMemo(() => neededTools(text), [text]);
  if (!needed.markdown) return <WrittenText text={text} lang={lang} />;
  return <MarkdownText text={text} lang={lang} needed={needed} />;
}

interface MarkdownTextProps extends SetTextProps {
  readonly needed: ReturnType<typeof neededTools>;
}

function MarkdownText({ text, lang, needed }: MarkdownTextProps): ReactNode {
  const t = useTranslations("workbench");
  const [anyway, setAnyway] = useState(false);
  const tools = useTextTools(needed);
  const isTooLong = useMemo(() => tools?.isTooLongToSet?.(text), [tools, text]);
  // The text stands there whole from the beginning; styles hold it back for the blink in which it would jump.
  if (!tools?.renderMarkdown) return <WrittenText text={text} lang={lang} waiting />;
  if (isTooLong && !anyway)
    return (
      <>
        <p className="mb-2 text-xs text-ink-3">
          {t("text.long", { count: text.length })}{" "}
          <button type="button" className="text-accent underline" onClick={() => setAnyway(true)}>
            {t("text.setAnyway")}
          </button>
        </p>
        <WrittenText text={text} lang={lang} />
      </>
    );
  return <RenderedText text={text} lang={lang} tools={tools} render={tools.renderMarkdown} />;
}

interface RenderedTextProps extends SetTextProps {
  readonly tools: LoadedTools;
  readonly render: NonNullable<LoadedTools["renderMarkdown"]>;
}

function RenderedText({ text, lang, tools, render }: RenderedTextProps): ReactNode {
  const t = useTranslations("workbench");
  const blocks = useMemo(() => {
    const words = { picture: t("text.picture"), table: t("text.table"), code: t("text.code") };
    try {
      return render(text.replaceAll("\r\n", "\n"), words, tools);
    } catch {
      // Nesting that no parser follows to its end: the text is shown as it was written.
      return undefined;
    }
  }, [render, text, tools, t]);
  if (!blocks) return <WrittenText text={text} lang={lang} />;
  return (
    <div lang={lang} className="read reading">
      {blocks.map(({ start, shown }) => (
        <Fragment key={start}>{shown}</Fragment>
      ))}
    </div>
  );
}
