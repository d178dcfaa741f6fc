import { useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import type { InputKind } from "../state/desk.ts";
import type { ScalePart } from "../state/scale.ts";

interface ScaleBarProps {
  /** The question, for those who cannot see the page. */
  readonly label: string;
  readonly parts: readonly ScalePart[];
  /** Key of the part that was just chosen. */
  readonly flash: string | null;
  /** Key of the answer that was undone: where one stood before. */
  readonly previous: string | null;
  readonly onChoose: (part: ScalePart, input: InputKind) => void;
}

/** Equal parts of one tapering streak. A choice fills its part while it flashes, and moves nothing. */
export function ScaleBar({ label, parts, flash, previous, onChoose }: ScaleBarProps): ReactNode {
  const t = useTranslations("workbench");
  return (
    <fieldset
      aria-label={label}
      className="scale-bar"
      style={{ gridTemplateColumns: `repeat(${parts.length}, minmax(0, 1fr))` }}
    >
      {parts.map((part) => (
        <button
          key={part.key}
          type="button"
          aria-keyshortcuts={part.key}
          data-hit={part.key === flash || undefined}
          data-previous={part.key === previous || undefined}
          onClick={(event) => onChoose(part, inputKindOf(event.nativeEvent))}
        >
          <span>
            <KeyHint value={part.key} />
            <span aria-hidden="true" className={part.answer.choice === "graded" ? "lg:hidden" : undefined}>
              {t(`short.${part.name}`)}
            </span>
            <span className={part.answer.choice === "graded" ? "max-lg:sr-only" : "sr-only"}>
              {t(`answers.${part.name}`)}
            </span>
          </span>
          <i aria-hidden="true" style={streakStyle(part)} data-dot={part.streak === null || undefined} />
        </button>
      ))}
    </fieldset>
  );
}

function streakStyle(part: ScalePart): CSSProperties {
  const style: CSSProperties & Record<`--${string}`, string> = part.streak
    ? { "--a": `${part.streak[0]}px`, "--b": `${part.streak[1]}px` }
    : {};
  return style;
}

/** A click without coordinates of a pointer came from Enter or Space on the focused button. */
export function inputKindOf(event: MouseEvent): InputKind {
  if (event instanceof PointerEvent && event.pointerType === "touch") return "touch";
  return event.detail === 0 ? "keyboard" : "pointer";
}
