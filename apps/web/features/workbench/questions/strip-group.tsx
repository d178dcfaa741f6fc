"use client";
import { useTranslations } from "next-intl";
import { Fragment, type MouseEvent, type ReactNode } from "react";
import { letterOf } from "../text/letter-of.ts";
import type { DropTarget } from "./drop-target.ts";
import type { Drag, LetterHandlers } from "./use-letter-drag.ts";

interface StripGroupProps {
  /** Places of the answers that share this rank. */
  readonly group: readonly number[];
  /** Which of the order it is, counted from 1. */
  readonly position: number;
  readonly drag: Drag<DropTarget> | null;
  readonly landing: "tie" | "before" | "after" | null;
  readonly handlers: (place: number) => LetterHandlers;
  readonly onPress: (place: number, click: MouseEvent) => void;
  readonly onStep: (place: number, by: -1 | 1) => void;
}

/** The answers of one rank, each to be pressed, dragged, or moved by the arrow keys. */
export function StripGroup(props: StripGroupProps): ReactNode {
  const { group, position, drag, landing, handlers, onPress, onStep } = props;
  const t = useTranslations("questions.ranking");
  return (
    <li data-landing={landing ?? undefined}>
      {group.map((place, index) => (
        <Fragment key={place}>
          {index > 0 ? <span aria-hidden="true">=</span> : null}
          <button
            type="button"
            data-place={place}
            data-dragged={drag?.place === place || undefined}
            style={drag?.place === place ? { translate: `${drag.by.x}px ${drag.by.y}px` } : undefined}
            aria-label={t("inStrip", { name: letterOf(place), position })}
            {...handlers(place)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              event.preventDefault();
              onStep(place, event.key === "ArrowLeft" ? -1 : 1);
            }}
            onClick={(event) => onPress(place, event)}
          >
            {letterOf(place)}
          </button>
        </Fragment>
      ))}
    </li>
  );
}
