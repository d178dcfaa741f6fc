"use client";
import { unitAt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Button } from "../../../../components/button.tsx";
import { blankness } from "../../text/blank-text.ts";
import type { Range } from "../../text/cut-by.ts";
import { languageOf } from "../../text/guess-language.ts";
import { letterOf } from "../../text/letter-of.ts";
import { neededTools } from "../../text/markdown/needed-tools.ts";
import { singlePress } from "../../views/single-press.ts";
import type { BodyProps } from "../question-parts.ts";
import { MarkList } from "./mark-list.tsx";
import { MarkedText } from "./marked-text.tsx";
import { draftOf, type Mark, marksIn, marksOf, numberOf, settingsOf, withClean, withoutMark } from "./marks.ts";
import { drawnSpans } from "./pieces.ts";
import { SelectableText, textId } from "./selectable-text.tsx";
import { letGo, take, useTakenUp } from "./taken-up.ts";

/** An answer in which stretches are marked, by hand or by keys, with the list of its marks. */
export function SpansBody(props: BodyProps): ReactNode {
  const text = props.task.completions[props.place]?.text ?? null;
  return text === null ? props.read : <MarkableText {...props} text={text} />;
}

function MarkableText({ question, task, draft, place, read, text, onDraft, onAnswer }: BodyProps & { text: string }) {
  const t = useTranslations("questions.spans");
  const settings = settingsOf(question);
  const marks = marksOf(draft);
  const own = marksIn(marks, place);
  const lease = task.lease.id;
  const taken = useTakenUp(lease, question.name);
  const here = taken?.place === place ? taken : null;
  const current = here?.mark ? numberOf(here.mark, own) : null;
  const language = languageOf(text, task.prompt.language);
  const alone = task.completions.length === 1;
  const isClean = marks.clean.includes(place);
  const named = alone ? null : <span className="sr-only">{t("named", { name: letterOf(place) })}</span>;
  const hasMarks = alone ? t("hasMarksAlone") : t("hasMarks", { name: letterOf(place) });
  const isSource = useMemo(() => neededTools(text).markdown, [text]);
  const takeStretch = (stretch: Range): void =>
    take({ lease, question: question.name, place, stretch, mark: null, category: null });
  const takeMark = (mark: Mark): void => {
    const stretch = stretchIn(mark, text);
    take({ lease, question: question.name, place, stretch, mark, category: null });
  };
  return (
    <div className="spans-body" data-grows>
      <div className="min-w-0">
        <div className="mb-2 -ml-2 flex flex-wrap gap-1">
          <Button
            variant="ghost"
            {...(alone ? { shortcut: "n" } : {})}
            aria-pressed={isClean}
            aria-disabled={own.length > 0 || undefined}
            title={own.length > 0 ? hasMarks : undefined}
            className="aria-pressed:bg-accent-soft aria-pressed:text-ink aria-disabled:opacity-55"
            onClick={(event) => {
              const press = singlePress(event.nativeEvent);
              if (!press || own.length > 0) return;
              const next = draftOf(withClean(marks, place));
              if (next && alone && !isClean) onAnswer(next, press);
              else onDraft(next);
            }}
          >
            <span>
              {t("clean")}
              {named}
            </span>
          </Button>
          {settings.missing ? (
            <Button
              variant="ghost"
              {...(alone ? { shortcut: "o" } : {})}
              aria-pressed={here?.stretch === null && here.mark === null}
              className="aria-pressed:bg-accent-soft aria-pressed:text-ink"
              onClick={() => take({ lease, question: question.name, place, stretch: null, mark: null, category: null })}
            >
              <span>
                {t("missing")}
                {named}
              </span>
            </Button>
          ) : null}
        </div>
        {blankness(text) ? (
          read
        ) : (
          <SelectableText
            id={textId(question.name, place)}
            label={alone ? t("textAlone") : t("text", { name: letterOf(place) })}
            text={text}
            language={language}
            stretch={here?.mark === null ? here.stretch : null}
            onStretch={takeStretch}
            onMark={(number) => {
              const mark = own[number - 1];
              if (mark) takeMark(mark);
            }}
            onNothing={() => (here ? letGo() : undefined)}
          >
            <MarkedText text={text} lang={language} spans={drawnSpans(own, text)} looks={settings} current={current} />
          </SelectableText>
        )}
        {isSource ? <p className="mt-2 text-xs text-ink-3">{t("asWritten")}</p> : null}
      </div>
      <MarkList
        text={text}
        marks={own}
        looks={settings}
        place={place}
        alone={alone}
        current={current}
        onTake={(mark) => (current !== null && numberOf(mark, own) === current ? letGo() : takeMark(mark))}
        onRemove={(mark) => {
          letGo();
          onDraft(draftOf(withoutMark(marks, mark)));
          document.getElementById(textId(question.name, place))?.focus({ preventScroll: true });
        }}
      />
    </div>
  );
}

function stretchIn({ start, end }: Mark, text: string): Range | null {
  return start === null || end === null ? null : [unitAt(text, start), unitAt(text, end)];
}
