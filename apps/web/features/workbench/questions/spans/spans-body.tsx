"use client";
import { unitAt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { Button } from "../../../../components/button.tsx";
import { blankness } from "../../text/blank-text.ts";
import type { Range } from "../../text/cut-by.ts";
import { languageOf } from "../../text/guess-language.ts";
import { letterOf } from "../../text/letter-of.ts";
import { neededTools } from "../../text/markdown/needed-tools.ts";
import { singlePress } from "../../views/single-press.ts";
import type { BodyProps } from "../question-parts.ts";
import { lineFrom, rangeOf, select, selectedIn } from "./dom-stretch.ts";
import { MarkList } from "./mark-list.tsx";
import { MarkedText } from "./marked-text.tsx";
import {
  draftOf,
  type Mark,
  marksIn,
  marksOf,
  numberOf,
  settingsOf,
  withClean,
  withMark,
  withoutMark,
} from "./marks.ts";
import { drawnSpans } from "./pieces.ts";
import { letGo, take, useTakenUp } from "./taken-up.ts";
import { type Cursor, stepped, stretchOf } from "./text-keys.ts";
import { unitsOf, wholeStretch } from "./text-units.ts";

/** By this id the keys of the desk find the text of an answer. */
export const textId = (question: string, place: number): string => `spans-${question}-${place}`;

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
            title={own.length > 0 ? t("hasMarks") : undefined}
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
          <Selectable
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
          </Selectable>
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
        onNote={
          settings.notes
            ? (mark, note) => {
                const { note: _, ...rest } = mark;
                const noted = note.trim() === "" ? rest : { ...rest, note };
                onDraft(draftOf(withMark(marks, noted, mark)));
                takeMark(noted);
              }
            : undefined
        }
      />
    </div>
  );
}

interface SelectableProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly language: string;
  /** What is about to be marked in it. */
  readonly stretch: Range | null;
  readonly onStretch: (stretch: Range) => void;
  /** A mark was pressed, by its number. */
  readonly onMark: (number: number) => void;
  /** A press beside anything. */
  readonly onNothing: () => void;
  readonly children: ReactNode;
}

/**
 * A text of which parts are selected: by dragging, by a long press, or by arrow keys that go from word to word. The page's
 * own selection is the one truth, however it was made; what it meant is kept when a press elsewhere takes it away.
 */
function Selectable(props: SelectableProps): ReactNode {
  const { id, label, text, language, stretch, onStretch, onMark, onNothing, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const cursor = useRef<Cursor | null>(null);
  const units = useMemo(() => unitsOf(text, language), [text, language]);
  const told = useRef(onStretch);
  useEffect(() => {
    told.current = onStretch;
  });

  // External system: the page's selection.
  useEffect(() => {
    const follow = (): void => {
      const selected = box.current && selectedIn(box.current, text);
      const whole = selected && wholeStretch(text, selected);
      if (whole) told.current(whole);
    };
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, [text]);

  // External system: what the browser paints over the text, which leaves the text and its selection alone.
  useEffect(() => {
    const range = stretch && box.current ? rangeOf(box.current, stretch) : null;
    if (!range || !("highlights" in CSS)) return;
    CSS.highlights.set("taken-up", new Highlight(range));
    return () => void CSS.highlights.delete("taken-up");
  }, [stretch]);

  const goTo = (next: Cursor | null): void => {
    if (!next || !box.current) return;
    cursor.current = next;
    const whole = stretchOf(next);
    select(box.current, whole);
    // At once: the key that marks it may come before the page tells of its selection.
    onStretch(whole);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { key, shiftKey: extend, metaKey, ctrlKey, altKey } = event;
    if (!box.current || metaKey || ctrlKey || altKey || event.nativeEvent.isComposing) return;
    // Where a pointer has selected something, keys go on from there.
    const known = stretch === null ? cursor.current : following(cursor.current, stretch);
    const next =
      lineStep(box.current, known, key, extend) ??
      stepped(known, { key, extend, rtl: isRtl(box.current, known) }, units, text.length);
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };
  const lineStep = (element: Element, known: Cursor | null, key: string, extend: boolean): Cursor | undefined => {
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const first = units.at(0);
    if (!known) return first ? { anchor: first, focus: first } : undefined;
    const place = lineFrom(element, text, known.focus[0], key === "ArrowUp" ? "backward" : "forward");
    const focus = (place === null ? null : (units.at(place) ?? units.before(text.length))) ?? known.focus;
    return { anchor: extend ? known.anchor : focus, focus };
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    if (!document.getSelection()?.isCollapsed) return;
    cursor.current = null;
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-mark]") : null;
    if (pressed) onMark(Number(pressed.dataset.mark));
    else onNothing();
  };
  return (
    <div
      ref={box}
      id={id}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys are handled here.
      tabIndex={0}
      className="selectable"
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {children}
    </div>
  );
}

function stretchIn({ start, end }: Mark, text: string): Range | null {
  return start === null || end === null ? null : [unitAt(text, start), unitAt(text, end)];
}

/** The cursor, or where something else is selected by now, that. */
function following(cursor: Cursor | null, stretch: Range): Cursor {
  const isSame = cursor && stretchOf(cursor).every((end, index) => end === stretch[index]);
  return isSame ? cursor : { anchor: stretch, focus: stretch };
}

/** Which way the paragraph runs that the cursor is in. */
function isRtl(element: Element, cursor: Cursor | null): boolean {
  const range = cursor && rangeOf(element, cursor.focus);
  const inside = range?.startContainer.parentElement ?? element.querySelector("p") ?? element;
  return getComputedStyle(inside).direction === "rtl";
}
