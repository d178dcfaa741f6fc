import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import type { InputKind } from "../state/desk.ts";
import { bothBad, type ScalePart } from "../state/scale.ts";
import { toggleSource, useSourceChoice } from "../text/source-choice.ts";
import { inputKindOf } from "./scale-bar.tsx";

interface WorkbenchActionsProps {
  /** Ratings have no "both". */
  readonly pair: boolean;
  readonly canUndo: boolean;
  readonly flagged: boolean;
  readonly differences: boolean;
  readonly flash: string | null;
  readonly onUndo: () => void;
  readonly onChoose: (part: ScalePart, input: InputKind) => void;
  readonly onSkip: () => void;
  readonly onFlag: () => void;
  readonly onDifferences: () => void;
}

const quiet = "text-xs aria-pressed:bg-accent-soft aria-pressed:text-ink data-hit:bg-accent-soft";

export function WorkbenchActions(props: WorkbenchActionsProps): ReactNode {
  const t = useTranslations("workbench");
  const showsSource = useSourceChoice();
  return (
    <div className="workbench-actions">
      <Button variant="ghost" shortcut="z" className={quiet} disabled={!props.canUndo} onClick={props.onUndo}>
        {t("undo")}
      </Button>
      {props.pair ? (
        <Button
          variant="ghost"
          shortcut={bothBad.key}
          className={quiet}
          data-hit={props.flash === bothBad.key || undefined}
          onClick={(event) => props.onChoose(bothBad, inputKindOf(event.nativeEvent))}
        >
          {t("short.bothBad")}
        </Button>
      ) : null}
      <Button variant="ghost" shortcut="s" className={quiet} onClick={props.onSkip}>
        {t("skipTask")}
      </Button>
      <Button variant="ghost" shortcut="f" className={quiet} aria-pressed={props.flagged} onClick={props.onFlag}>
        {props.flagged ? t("flagged") : t("flag")}
      </Button>
      {props.pair ? (
        <Button
          variant="ghost"
          shortcut="d"
          className={`${quiet} max-md:hidden`}
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
