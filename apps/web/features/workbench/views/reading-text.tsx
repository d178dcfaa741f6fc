"use client";
import { isTrajectory } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useMemo } from "react";
import { blankness } from "../text/blank-text.ts";
import type { Range } from "../text/cut-by.ts";
import { languageOf } from "../text/guess-language.ts";
import { neededTools } from "../text/markdown/needed-tools.ts";
import { useSourceChoice } from "../text/source-choice.ts";
import { useTextTools } from "../text/text-tools.ts";
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
  const tools = useTextTools(needed);
  // The text stands there whole from the beginning; styles hold it back for the blink in which it would jump.
  if (!tools?.SetMarkdown) return <WrittenText text={text} lang={lang} waiting />;
  return <tools.SetMarkdown text={text} lang={lang} tools={tools} />;
}
