"use client";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import type { Range } from "../../text/cut-by.ts";
import { lineFrom, placeUnder, rangeOf, select, selectedIn } from "./dom-stretch.ts";
import { type Cursor, stepped, stretchOf } from "./text-keys.ts";
import { unitsOf, wholeStretch } from "./text-units.ts";
import { useLongPress } from "./use-long-press.ts";

/** By this id the keys of the desk find the text of an answer. */
export const textId = (question: string, place: number): string => `spans-${question}-${place}`;

interface SelectableTextProps {
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
export function SelectableText(props: SelectableTextProps): ReactNode {
  const { id, label, text, language, stretch, onStretch, onMark, onNothing, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const cursor = useRef<Cursor | null>(null);
  const units = useMemo(() => unitsOf(text, language), [text, language]);
  // Of what the keys have selected the page tells a moment later, when the next key may have come already.
  const known = useRef<Range | null>(null);
  const told = useRef(onStretch);
  useEffect(() => {
    told.current = onStretch;
  });

  // External system: the page's selection.
  useEffect(() => {
    const follow = (): void => {
      const selected = box.current && selectedIn(box.current, text);
      const whole = selected && wholeStretch(text, selected);
      if (!whole || isSame(whole, known.current)) return;
      known.current = whole;
      told.current(whole);
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
    known.current = whole;
    select(box.current, whole);
    // At once: the key that marks it may come before the page tells of its selection.
    onStretch(whole);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { key, shiftKey: extend, metaKey, ctrlKey, altKey } = event;
    if (!box.current || metaKey || ctrlKey || altKey || event.nativeEvent.isComposing) return;
    // Where a pointer has selected something, keys go on from there.
    const from = stretch === null ? cursor.current : following(cursor.current, stretch);
    const next =
      lineStep(box.current, from, key, extend) ??
      stepped(from, { key, extend, rtl: isRtl(box.current, from) }, units, text.length);
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };
  const lineStep = (element: Element, from: Cursor | null, key: string, extend: boolean): Cursor | undefined => {
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const first = units.at(0);
    if (!from) return first ? { anchor: first, focus: first } : undefined;
    const place = lineFrom(element, text, from.focus[0], key === "ArrowUp" ? "backward" : "forward");
    const focus = (place === null ? null : (units.at(place) ?? units.before(text.length))) ?? from.focus;
    return { anchor: extend ? from.anchor : focus, focus };
  };
  const unitUnder = (point: { x: number; y: number }): Range | null => {
    const place = box.current && placeUnder(box.current, text, point);
    return place === null ? null : units.at(place);
  };
  const longPress = useLongPress((point) => {
    // Where the browser has selected a word by itself, with handles of its own, that stands.
    if (!box.current || selectedIn(box.current, text)) return;
    const unit = unitUnder(point);
    goTo(unit && { anchor: unit, focus: unit });
  });
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    if (longPress.wasLong() || document.getSelection()?.isCollapsed === false) return;
    const isTouch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === "touch";
    const unit = isTouch && stretch ? unitUnder({ x: event.clientX, y: event.clientY }) : null;
    if (stretch && unit) {
      // A tap is easier to hit with than a handle.
      goTo({ anchor: following(cursor.current, stretch).anchor, focus: unit });
      return;
    }
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
      onPointerDown={(event) => {
        known.current = null;
        longPress.begin(event);
      }}
      onClick={onClick}
    >
      {children}
    </div>
  );
}

/** The cursor, or where something else is selected by now, that. */
function following(cursor: Cursor | null, stretch: Range): Cursor {
  return cursor && isSame(stretchOf(cursor), stretch) ? cursor : { anchor: stretch, focus: stretch };
}

/** Which way the paragraph runs that the cursor is in. */
function isRtl(element: Element, cursor: Cursor | null): boolean {
  const range = cursor && rangeOf(element, cursor.focus);
  const inside = range?.startContainer.parentElement ?? element.querySelector("p") ?? element;
  return getComputedStyle(inside).direction === "rtl";
}

const isSame = (one: Range, other: Range | null): boolean =>
  other !== null && one[0] === other[0] && one[1] === other[1];
