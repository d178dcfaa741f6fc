"use client";
import { useTranslations } from "next-intl";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { quickScale } from "../workbench/questions/kinds.ts";
import { toggleSource } from "../workbench/text/source-choice.ts";
import type { CorrectionSession } from "./correction-session.ts";

interface KeyState {
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
  readonly onDifferences: () => void;
  readonly onFlag: () => void;
  readonly onLeave: () => void;
}

/** The single keys of the workbench, but for those that bring another task or undo one. */
export function useCorrectionKeys(session: CorrectionSession, state: KeyState): void {
  const t = useTranslations("workbench");
  const own = useTranslations("corrections");
  const words = useTranslations("questions");
  const { task } = session;
  const quick = quickScale(task);
  const scale = quick
    ? [...quick.scale.parts, ...quick.scale.beside].map((part) => ({
        key: part.key,
        label: words(`parts.${part.name}`),
        run: (at: number) =>
          void session.judge({ answers: { [quick.question.name]: part.answer }, flash: part.key }, "keyboard", at),
      }))
    : [];
  useKeys([
    ...scale,
    { key: "h", label: own("toList"), run: state.onLeave },
    { key: "f", label: t("flag"), run: state.onFlag },
    ...(task.completions.length === 2 ? [{ key: "d", label: t("differences"), run: state.onDifferences }] : []),
    { key: "m", label: t("text.source"), run: toggleSource },
    { key: "g", label: t("openGuideline"), run: () => state.onGuideline(!state.guidelineOpen) },
    ...(state.guidelineOpen
      ? [{ key: "Escape", label: t("closeGuideline"), run: () => state.onGuideline(false) }]
      : []),
  ]);
}
