"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyBinding } from "../../components/keyboard/key-registry.ts";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { partsOf } from "./state/scale.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { toggleSource } from "./text/source-choice.ts";

interface KeyState {
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
  readonly onDifferences: () => void;
}

/** Single keys of the workbench. A bare Backspace is bound to nothing: it must never discard. */
export function useWorkbenchKeys(task: LeasedTask, session: WorkbenchSession, state: KeyState): void {
  const t = useTranslations("workbench");
  const { kind } = task.question;
  const scale = partsOf(kind).map(
    (part): KeyBinding => ({
      key: part.key,
      label: t(`answers.${part.name}`),
      run: () => session.choose(part, "keyboard"),
    }),
  );
  const flag = (): void => {
    const { note } = session.read();
    session.changeNote({ ...note, flagged: !note.flagged });
  };
  useKeys([
    ...scale,
    { key: "s", label: t("skipTask"), run: () => session.skip() },
    { key: "f", label: t("flag"), run: flag },
    { key: "z", label: t("undo"), run: () => void session.undo() },
    ...(kind === "preference" ? [{ key: "d", label: t("differences"), run: state.onDifferences }] : []),
    { key: "m", label: t("text.source"), run: toggleSource },
    { key: "g", label: t("openGuideline"), run: () => state.onGuideline(!state.guidelineOpen) },
    ...(state.guidelineOpen
      ? [{ key: "Escape", label: t("closeGuideline"), run: () => state.onGuideline(false) }]
      : []),
  ]);
}
