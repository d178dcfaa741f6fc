"use client";
import { type MouseEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import { type Box, landingOf } from "./landing.ts";
import type { Landing } from "./ranks.ts";

/** An answer of the strip under a finger or a pointer. */
export interface Drag {
  readonly place: number;
  /** How far it was taken, in px. */
  readonly by: { readonly x: number; readonly y: number };
  readonly landing: Landing;
}

interface StripDrag {
  readonly strip: RefObject<HTMLOListElement | null>;
  readonly drag: Drag | null;
  /** What a button of the strip listens to. */
  readonly handlers: (place: number) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
  /** Whether a click is the end of a drag, as the browser reports it. */
  readonly endsDrag: (click: MouseEvent) => boolean;
}

/** A tap trembles by less than this, in px. */
const tremble = 6;

/** Drags answers about in the strip by pointer events, since a finger never starts the browser's own drag and drop. */
export function useStripDrag(ties: boolean, onDrop: (place: number, landing: Landing) => void): StripDrag {
  const strip = useRef<HTMLOListElement>(null);
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const dragged = useRef(false);
  // Where it was let go counts, and that may not have been drawn yet.
  const latest = useRef<Drag | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const show = (next: Drag | null): void => {
    latest.current = next;
    setDrag(next);
  };
  const end = (): void => {
    start.current = null;
    show(null);
  };
  return {
    strip,
    drag,
    // A click by Enter or Space has no detail.
    endsDrag: ({ detail }) => detail > 0 && dragged.current,
    handlers: (place) => ({
      onPointerDown: (event) => {
        dragged.current = false;
        if (event.button !== 0 || !event.isPrimary) return;
        start.current = { x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: ({ clientX: x, clientY: y }) => {
        if (!start.current) return;
        const by = { x: x - start.current.x, y: y - start.current.y };
        if (!dragged.current && Math.hypot(by.x, by.y) < tremble) return;
        dragged.current = true;
        show({ place, by, landing: landingOf(boxesWithout(strip.current, place), { x, y }, ties) });
      },
      onPointerUp: () => {
        const dropped = latest.current;
        end();
        if (dropped) onDrop(dropped.place, dropped.landing);
      },
      onPointerCancel: end,
    }),
  };
}

/** Where the groups of the strip lie that are left when one answer is taken out. */
function boxesWithout(strip: HTMLElement | null, place: number): Box[] {
  const groups = [...(strip?.querySelectorAll(":scope > li") ?? [])];
  return groups.flatMap((group) => {
    const others = [...group.querySelectorAll(`button:not([data-place="${place}"])`)];
    const boxes = others.map((other) => other.getBoundingClientRect());
    const [first, last] = [boxes[0], boxes.at(-1)];
    return first && last ? [{ left: first.left, right: last.right, top: first.top, bottom: last.bottom }] : [];
  });
}
