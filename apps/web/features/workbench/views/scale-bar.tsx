import { useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import type { ScalePart } from "../questions/scale.ts";
import type { Sleep } from "../state/wakefulness.ts";
import { type Press, singlePress } from "./single-press.ts";

interface ScaleBarProps {
  /** The question, for those who cannot see the page. */
  readonly label: string;
  readonly parts: readonly ScalePart[];
  /** Key of the part that was just chosen. */
  readonly flash: string | null;
  /** Key of the answer that was undone: where one stood before. */
  readonly previous: string | null;
  /** Key of the part that is chosen, where a choice stays; null where none is yet. */
  readonly chosen?: string | null;
  /** Whether its keys answer: among other questions, they may mean another one. */
  readonly keys?: boolean;
  readonly sleep: Sleep | null;
  /** The press is undefined for the second click of a double click. */
  readonly onChoose: (part: ScalePart, press: Press | undefined) => void;
}

/** Equal parts of one tapering streak. A choice fills its part while it flashes, and moves nothing. */
export function ScaleBar({
  label,
  parts,
  flash,
  previous,
  chosen,
  keys = true,
  sleep,
  onChoose,
}: ScaleBarProps): ReactNode {
  const t = useTranslations("questions");
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
          aria-keyshortcuts={keys ? part.key : undefined}
          aria-pressed={chosen === undefined ? undefined : part.key === chosen}
          // Not `disabled`: the focus stays, and a press is told why it does not count.
          aria-disabled={sleep !== null || undefined}
          data-hit={part.key === flash || part.key === chosen || undefined}
          data-previous={part.key === previous || undefined}
          onClick={(event) => onChoose(part, singlePress(event.nativeEvent))}
        >
          <span>
            {keys ? <KeyHint value={part.key} /> : null}
            <span aria-hidden="true" className={part.answer.choice === "graded" ? "lg:hidden" : undefined}>
              {t(`short.${part.name}`)}
            </span>
            <span className={part.answer.choice === "graded" ? "max-lg:sr-only" : "sr-only"}>
              {t(`parts.${part.name}`)}
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
