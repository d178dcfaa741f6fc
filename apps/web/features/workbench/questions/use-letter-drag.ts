"use client";
import { type MouseEvent, type PointerEvent, useRef, useState } from "react";

/** A point of the window, in px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The letter of an answer under a finger or a pointer, and where it would land; null where it would not. */
export interface Drag<Landing> {
  readonly place: number;
  /** How far it was taken, in px. */
  readonly by: Point;
  readonly landing: Landing | null;
}

/** What the button of a letter listens to. */
export interface LetterHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

interface LetterDrag<Landing> {
  readonly drag: Drag<Landing> | null;
  readonly handlers: (place: number) => LetterHandlers;
  /** Whether a click is the end of a drag, as the browser reports it. */
  readonly endsDrag: (click: MouseEvent) => boolean;
}

/** A tap trembles by less than this, in px. */
const tremble = 6;

/** Drags letters about by pointer events, since a finger never starts the browser's own drag and drop. */
export function useLetterDrag<Landing>(
  landingAt: (place: number, point: Point) => Landing | null,
  onDrop: (place: number, landing: Landing) => void,
): LetterDrag<Landing> {
  const start = useRef<Point | null>(null);
  const dragged = useRef(false);
  // Where it was let go counts, and that may not have been drawn yet.
  const latest = useRef<Drag<Landing> | null>(null);
  const [drag, setDrag] = useState<Drag<Landing> | null>(null);
  const show = (next: Drag<Landing> | null): void => {
    latest.current = next;
    setDrag(next);
  };
  const end = (): void => {
    start.current = null;
    show(null);
  };
  return {
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
        show({ place, by, landing: landingAt(place, { x, y }) });
      },
      onPointerUp: () => {
        const dropped = latest.current;
        end();
        if (dropped?.landing) onDrop(dropped.place, dropped.landing);
      },
      onPointerCancel: end,
    }),
  };
}
