import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import type { ScalePart } from "../questions/scale.ts";
import type { Sleep } from "../state/wakefulness.ts";
import { toggleSource, useSourceChoice } from "../text/source-choice.ts";
import { type Press, singlePress } from "./single-press.ts";

interface WorkbenchActionsProps {
  /** Two texts, whose differences can be shown. */
  readonly pair: boolean;
  /** What is said beside the scale, such as "both bad". */
  readonly beside: readonly ScalePart[];
  readonly canUndo: boolean;
  readonly flagged: boolean;
  readonly differences: boolean;
  readonly flash: string | null;
  readonly sleep: Sleep | null;
  /** Presses are undefined for the second click of a double click. */
  readonly onUndo: (press: Press | undefined) => void;
  readonly onChoose: (part: ScalePart, press: Press | undefined) => void;
  readonly onSkip: (press: Press | undefined) => void;
  readonly onFlag: () => void;
  readonly onDifferences: () => void;
}

/** Six of them stand in one row of a phone. */
const quiet =
  "text-xs max-md:px-1 aria-disabled:data-off:opacity-55 aria-pressed:bg-accent-soft aria-pressed:text-ink data-hit:bg-accent-soft";

export function WorkbenchActions(props: WorkbenchActionsProps): ReactNode {
  const t = useTranslations("workbench");
  const short = useTranslations("questions");
  const showsSource = useSourceChoice();
  const asleep = props.sleep !== null || undefined;
  return (
    <div className="workbench-actions">
      <Button
        variant="ghost"
        shortcut="z"
        className={quiet}
        aria-disabled={!props.canUndo || props.sleep === "moment" || undefined}
        data-off={!props.canUndo || undefined}
        onClick={(event) => props.onUndo(singlePress(event.nativeEvent))}
      >
        {t("undo")}
      </Button>
      {props.beside.map((part) => (
        <Button
          key={part.key}
          variant="ghost"
          shortcut={part.key}
          className={quiet}
          data-hit={props.flash === part.key || undefined}
          aria-disabled={asleep}
          onClick={(event) => props.onChoose(part, singlePress(event.nativeEvent))}
        >
          {short(`short.${part.name}`)}
        </Button>
      ))}
      <Button
        variant="ghost"
        shortcut="s"
        className={quiet}
        aria-disabled={asleep}
        onClick={(event) => props.onSkip(singlePress(event.nativeEvent))}
      >
        {t("skipTask")}
      </Button>
      <Button variant="ghost" shortcut="f" className={quiet} aria-pressed={props.flagged} onClick={props.onFlag}>
        {props.flagged ? t("flagged") : t("flag")}
      </Button>
      {props.pair ? (
        <Button
          variant="ghost"
          shortcut="d"
          className={quiet}
          aria-pressed={props.differences}
          onClick={props.onDifferences}
        >
          {t("differences")}
        </Button>
      ) : null}
      <Button variant="ghost" shortcut="m" className={quiet} aria-pressed={showsSource} onClick={toggleSource}>
        {t("text.source")}
      </Button>
    </div>
  );
}
