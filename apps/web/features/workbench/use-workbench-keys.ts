"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyBinding } from "../../components/keyboard/key-registry.ts";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { quickScale } from "./questions/kinds.ts";
import type { ScalePart } from "./questions/scale.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { toggleSource } from "./text/source-choice.ts";
import { hasTwoTexts } from "./views/use-shared-ranges.ts";

interface KeyState {
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
  readonly onDifferences: () => void;
  readonly onFlag: () => void;
}

/** Single keys of the workbench. A bare Backspace is bound to nothing: it must never discard. */
export function useWorkbenchKeys(task: LeasedTask, session: WorkbenchSession, state: KeyState): void {
  const t = useTranslations("workbench");
  const words = useTranslations("questions");
  const quick = quickScale(task);
  const bindings = (part: ScalePart, name: string): KeyBinding => ({
    key: part.key,
    label: words(`parts.${part.name}`),
    run: (at) => void session.judge({ answers: { [name]: part.answer }, flash: part.key }, "keyboard", at),
  });
  const scale = quick
    ? [...quick.scale.parts, ...quick.scale.beside].map((part) => bindings(part, quick.question.name))
    : [];
  useKeys([
    ...scale,
    { key: "s", label: t("skipTask"), run: (at) => void session.skip(at) },
    { key: "f", label: t("flag"), run: state.onFlag },
    { key: "z", label: t("undo"), run: (at) => void session.undo(at) },
    ...(hasTwoTexts(task) ? [{ key: "d", label: t("differences"), run: state.onDifferences }] : []),
    { key: "m", label: t("text.source"), run: toggleSource },
    { key: "g", label: t("openGuideline"), run: () => state.onGuideline(!state.guidelineOpen) },
    ...(state.guidelineOpen
      ? [{ key: "Escape", label: t("closeGuideline"), run: () => state.onGuideline(false) }]
      : []),
  ]);
}
