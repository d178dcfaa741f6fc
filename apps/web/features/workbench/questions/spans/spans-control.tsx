"use client";
import { characterAt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { languageOf } from "../../text/guess-language.ts";
import { letterOf } from "../../text/letter-of.ts";
import { AskedWords } from "../asked-words.tsx";
import { PickButton } from "../chosen/pick-button.tsx";
import { labelOf } from "../label-of.ts";
import type { ControlProps } from "../question-parts.ts";
import { useSaid } from "../use-said.ts";
import { excerpt } from "../written/excerpt.ts";
import { select } from "./dom-stretch.ts";
import { keysFor } from "./mark-keys.ts";
import { MarkNote } from "./mark-note.tsx";
import {
  draftOf,
  type Mark,
  marksIn,
  marksOf,
  settingsOf,
  silentPlaces,
  withClean,
  withMark,
  withoutMark,
} from "./marks.ts";
import { textId } from "./selectable-text.tsx";
import { letGo, take, useTakenUp } from "./taken-up.ts";
import { unitsOf } from "./text-units.ts";

/**
 * Under the thumbs: what is about to be marked, first with its category and then with its severity, a key for each. The row
 * stands there from the beginning, so that nothing moves when something is selected.
 */
export function SpansControl({ question, task, draft, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions.spans");
  const settings = settingsOf(question);
  const { categories, severities, missing, most } = settings;
  const marks = marksOf(draft);
  const lease = task.lease.id;
  const taken = useTakenUp(lease, question.name);
  const alone = task.completions.length === 1;
  const silent = silentPlaces(marks, task);
  const { said: why, say } = useSaid(JSON.stringify([draft ?? null, taken]));
  const isFull = marks.spans.length >= most && taken?.mark === null;

  // External system: the hand, which is empty when another task comes (this control is of one lease).
  useEffect(() => () => letGo(), []);

  const mark = (category: string, severity: string): void => {
    if (!taken || isFull) return;
    const { place, stretch, mark: instead } = taken;
    const text = task.completions[place]?.text ?? "";
    const range = stretch
      ? { start: characterAt(text, stretch[0]), end: characterAt(text, stretch[1]) }
      : { start: null, end: null };
    const made: Mark = { ...instead, place, ...range, category, severity };
    onDraft(draftOf(withMark(marks, made, instead ?? undefined)));
    letGo();
    // What was marked last can have a note.
    if (settings.notes) take({ ...taken, mark: made, category: null });
    document.getElementById(textId(question.name, place))?.focus({ preventScroll: true });
  };
  const chooseCategory = (category: string): void => {
    const [only, ...more] = severities;
    if (only !== undefined && more.length === 0) mark(category, only);
    else if (taken && !isFull) take({ ...taken, category });
  };
  const meant = (): number => taken?.place ?? placeInFocus() ?? silent[0] ?? 0;
  /** Where one was just marked, it is the next one of which nothing was said that has nothing wrong. */
  const cleanPlace = (): number => {
    const place = meant();
    const isMarking = taken !== null && taken.mark === null;
    return !isMarking && marksIn(marks, place).length > 0 ? (silent[0] ?? place) : place;
  };
  /** Into the text of an answer, to what is in hand there, else to its first word. */
  const enter = (place: number): void => {
    const text = task.completions[place]?.text ?? "";
    const element = document.getElementById(textId(question.name, place));
    const first = unitsOf(text, languageOf(text, task.prompt.language)).at(0);
    const stretch = (taken?.place === place ? taken.stretch : null) ?? first;
    if (!element || !stretch) return;
    element.focus();
    select(element, stretch);
    take({ lease, question: question.name, place, stretch, mark: null, category: null });
  };
  const isRating = taken?.category != null;
  const options = isRating ? severities : categories;
  const shortcuts = keysFor(options.length);
  const choose = (option: string): void => {
    if (taken?.category != null) mark(taken.category, option);
    else chooseCategory(option);
  };
  const goBack = (): void => {
    if (taken?.category != null) take({ ...taken, category: null });
    else letGo();
  };
  useKeys([
    {
      key: "ArrowRight",
      label: t("keyText"),
      run: () => enter(meant()),
    },
    {
      key: "n",
      label: t("keyClean"),
      run: (at) => {
        const place = cleanPlace();
        if (marksIn(marks, place).length > 0) {
          say(alone ? t("hasMarksAlone") : t("hasMarks", { name: letterOf(place) }));
          return;
        }
        const next = draftOf(withClean(marks, place));
        if (next && alone && !marks.clean.includes(place)) onAnswer(next, { at, input: "keyboard" });
        else onDraft(next);
      },
    },
    ...(missing
      ? [
          {
            key: "o",
            label: t("keyMissing"),
            run: () =>
              take({ lease, question: question.name, place: meant(), stretch: null, mark: null, category: null }),
          },
        ]
      : []),
    ...(taken
      ? [
          ...shortcuts.flatMap((key, index) => {
            const option = options[index];
            return key === undefined || option === undefined
              ? []
              : [{ key, label: labelOf(question, option), run: () => choose(option) }];
          }),
          {
            key: "Escape",
            label: t("back"),
            run: goBack,
          },
        ]
      : []),
    ...(taken?.mark
      ? [
          {
            key: "Delete",
            label: t("keyRemove"),
            run: () => {
              if (taken.mark) onDraft(draftOf(withoutMark(marks, taken.mark)));
              letGo();
            },
          },
        ]
      : []),
  ]);

  const said = (): ReactNode => {
    if (why) return why;
    if (!taken) {
      if (marks.spans.length + marks.clean.length > 0 && silent.length > 0 && settings.every) {
        return t("silent", { names: silent.map(letterOf).join(", ") });
      }
      return (
        <>
          <span className="no-touch">{t("how")}</span>
          <span className="touch-only">{t("howTouch")}</span>
        </>
      );
    }
    if (isFull) return t("full", { most });
    const text = task.completions[taken.place]?.text ?? "";
    const words = taken.stretch
      ? t("quoted", { text: excerpt(text.slice(taken.stretch[0], taken.stretch[1])) || "␠" })
      : wholeName(taken.place);
    return taken.category === null
      ? t("whichCategory", { text: words })
      : t("whichSeverity", { text: words, category: labelOf(question, taken.category) });
  };
  const wholeName = (place: number): string => (alone ? t("wholeAlone") : t("whole", { name: letterOf(place) }));
  const chosen = isRating ? taken.mark?.severity : (taken?.mark?.category ?? null);
  return (
    <AskedWords question={question} task={task}>
      <div className="mark-bar">
        <p role="status" dir="auto" className="text-xs text-ink-2">
          {said()}
        </p>
        <fieldset
          aria-label={isRating ? t("severities") : t("categories")}
          className="mark-options"
          // A press here must not take the selection away.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
        >
          <PickButton chosen={false} label={t("back")} blocked={!taken} onPick={goBack}>
            <span aria-hidden="true">←</span>
          </PickButton>
          {options.map((option, index) => (
            <PickButton
              key={option}
              chosen={option === chosen}
              shortcut={taken ? shortcuts[index] : undefined}
              blocked={!taken || isFull}
              onPick={() => choose(option)}
            >
              <span dir="auto" className="min-w-0 text-left break-words whitespace-normal">
                {labelOf(question, option)}
              </span>
            </PickButton>
          ))}
        </fieldset>
        {settings.notes ? (
          <MarkNote question={question.name} marks={marks} taken={taken} onMarks={(noted) => onDraft(draftOf(noted))} />
        ) : null}
      </div>
    </AskedWords>
  );
}

/** The answer that has the focus, by its place. */
function placeInFocus(): number | null {
  const answer = document.activeElement?.closest<HTMLElement>("[data-answer]");
  return answer ? Number(answer.dataset.answer) : null;
}
