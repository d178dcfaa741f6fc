"use client";
import type { MediaRef } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../../components/button.tsx";
import { useZoom } from "./use-zoom.ts";

interface ZoomLayerProps {
  readonly image: MediaRef;
  readonly alt: string;
  readonly onClose: () => void;
}

/** Pixels of one press of an arrow. */
const stepOfArrow = 80;
const arrows: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: stepOfArrow, y: 0 },
  ArrowRight: { x: -stepOfArrow, y: 0 },
  ArrowUp: { x: 0, y: stepOfArrow },
  ArrowDown: { x: 0, y: -stepOfArrow },
};

/** A picture under the glass: wheel, pinch and keys make it larger, a drag and the arrows move it, Escape puts it away. */
export function ZoomLayer({ image, alt, onClose }: ZoomLayerProps): ReactNode {
  const t = useTranslations("workbench.media");
  const dialog = useRef<HTMLDialogElement>(null);
  const { stage, view, larger, smaller, whole, pan, onLoad } = useZoom(image);

  // External system: the browser's top layer, which can be entered only by a call.
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // On the picture, whose keys are at work wherever the focus is, and on none of its buttons.
    element?.focus();
    return () => element?.close();
  }, []);

  const press = (key: string): boolean => {
    const by = arrows[key];
    if (by) pan(by);
    else if (key === "+" || key === "=") larger();
    else if (key === "-") smaller();
    else if (key === "0") whole();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // What lies below must not judge.
    event.stopPropagation();
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (!held && press(event.key)) event.preventDefault();
  };
  return (
    <dialog ref={dialog} tabIndex={-1} aria-label={alt} onClose={onClose} onKeyDown={onKeyDown} className="zoom-layer">
      <div ref={stage} className="zoom-stage">
        {/* biome-ignore lint/performance/noImgElement: a file of somebody's project, as it is; Next's pictures are made anew on the server. */}
        <img
          src={`/api/media/${image.id}`}
          alt={alt}
          draggable={false}
          onLoad={onLoad}
          style={view ? { transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` } : { opacity: 0 }}
        />
      </div>
      <div className="zoom-bar">
        <Button onClick={smaller} aria-label={t("smaller")}>
          −
        </Button>
        <output className="num" aria-live="polite">
          {view ? t("percent", { share: view.scale }) : ""}
        </output>
        <Button onClick={larger} aria-label={t("larger")}>
          +
        </Button>
        <Button onClick={whole}>{t("whole")}</Button>
        <Button onClick={onClose}>{t("close")}</Button>
      </div>
    </dialog>
  );
}
