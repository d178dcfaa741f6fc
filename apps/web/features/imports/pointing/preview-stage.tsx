"use client";
import { createContext, type ReactNode, Suspense, use, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Loading } from "../../../components/loading.tsx";

/** Puts something in the place of the whole page; without an argument the page comes back as it was left. */
type Show = (inPlace?: ReactNode) => void;

const Stage = createContext<Show>(() => {});

/** A page that gives its whole place to a preview for a while, and keeps its own, with all that was chosen on it. */
export function PreviewStage({ children }: { readonly children: ReactNode }): ReactNode {
  const [inPlace, setInPlace] = useState<ReactNode>(null);
  const left = useRef<{ focus: Element | null; top: number }>({ focus: null, top: 0 });
  const show: Show = (next) => {
    if (next !== undefined) {
      left.current = { focus: document.activeElement, top: window.scrollY };
      setInPlace(next);
      return;
    }
    flushSync(() => setInPlace(null));
    const { focus, top } = left.current;
    if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
    window.scrollTo({ top, behavior: "instant" });
  };
  return (
    <Stage value={show}>
      <div hidden={inPlace !== null}>{children}</div>
      {inPlace === null ? null : <Suspense fallback={<Loading />}>{inPlace}</Suspense>}
    </Stage>
  );
}

export const usePreviewStage = (): Show => use(Stage);
