import type { MediaRef } from "@touchstone/contracts";
import { type RefObject, type SyntheticEvent, useEffect, useRef, useState } from "react";
import { fitted, panned, type Size, type ZoomView, zoomed } from "./zoom-view.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Zoom {
  readonly stage: RefObject<HTMLDivElement | null>;
  /** Null until it is known how large the picture and the window are. */
  readonly view: ZoomView | null;
  larger(): void;
  smaller(): void;
  whole(): void;
  pan(by: Point): void;
  onLoad(event: SyntheticEvent<HTMLImageElement>): void;
}

/** One press of + or −. */
const step = 1.5;
/** Of a wheel: a notch of 100 pixels is a step, a fine wheel goes finely. */
const wheelPixels = 250;

/** Larger, smaller and moved by wheel, pinch, drag and call. */
export function useZoom(image: MediaRef): Zoom {
  const stage = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<Size | null>(sizeOf(image.width, image.height));
  const [view, setView] = useState<ZoomView | null>(null);
  const change = (next: (view: ZoomView, picture: Size, room: Size) => ZoomView): void => {
    const room = roomOf(stage.current);
    if (picture && room) setView((now) => next(now ?? fitted(picture, room), picture, room));
  };
  const middle = { x: 0, y: 0 };

  // External system: the window, whose size decides what is whole.
  useEffect(() => {
    const fit = (): void => {
      const room = roomOf(stage.current);
      if (picture && room) setView(fitted(picture, room));
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [picture]);

  // External system: wheel and pointers. React listens to wheels passively, and the page behind would scroll.
  useEffect(() => {
    const element = stage.current;
    if (!element || !picture) return;
    return followGestures(element, (next) => {
      const room = roomOf(element);
      if (room) setView((now) => next(now ?? fitted(picture, room), picture, room));
    });
  }, [picture]);

  return {
    stage,
    view,
    larger: () => change((now, size, room) => zoomed(now, step, middle, size, room)),
    smaller: () => change((now, size, room) => zoomed(now, 1 / step, middle, size, room)),
    whole: () => change((_, size, room) => fitted(size, room)),
    pan: (by) => change((now, size, room) => panned(now, by, size, room)),
    onLoad: ({ currentTarget }) => setPicture(sizeOf(currentTarget.naturalWidth, currentTarget.naturalHeight)),
  };
}

function sizeOf(width: number | undefined, height: number | undefined): Size | null {
  return width && height ? { width, height } : null;
}

function roomOf(element: HTMLElement | null): Size | null {
  return element && element.clientWidth > 0 ? { width: element.clientWidth, height: element.clientHeight } : null;
}

type Change = (next: (view: ZoomView, picture: Size, room: Size) => ZoomView) => void;

/** One pointer drags, two pinch about the point between them, a wheel zooms about the pointer, a double click doubles. */
function followGestures(element: HTMLElement, change: Change): () => void {
  const parting = new AbortController();
  const { signal } = parting;
  const pointers = new Map<number, Point>();
  const fromMiddle = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const factor = Math.exp(-event.deltaY / wheelPixels);
    change((now, picture, room) => zoomed(now, factor, fromMiddle(event), picture, room));
  };
  const onMove = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const here = fromMiddle(event);
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    pointers.set(event.pointerId, here);
    const by = { x: here.x - before.x, y: here.y - before.y };
    if (!other) change((now, picture, room) => panned(now, by, picture, room));
    else {
      const factor = distance(here, other) / Math.max(1, distance(before, other));
      const between = { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 };
      change((now, picture, room) => zoomed(now, factor, between, picture, room));
    }
  };
  element.addEventListener("wheel", onWheel, { passive: false, signal });
  element.addEventListener(
    "pointerdown",
    (event) => {
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, fromMiddle(event));
    },
    { signal },
  );
  element.addEventListener("pointermove", onMove, { signal });
  for (const end of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(end, (event) => pointers.delete(event.pointerId), { signal });
  }
  const twice = 2;
  element.addEventListener(
    "dblclick",
    (event) => change((now, picture, room) => zoomed(now, twice, fromMiddle(event), picture, room)),
    { signal },
  );
  return () => parting.abort();
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
