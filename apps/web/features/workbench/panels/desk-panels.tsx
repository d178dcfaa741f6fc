"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { Loading } from "../../../components/loading.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { focusDesk } from "../state/focus-desk.ts";
import type { DeskPanelsProps } from "./desk-panel.ts";
import { OwnDayPanel } from "./own-day-panel.tsx";
import { WaitingList } from "./waiting-list.tsx";

export { followWork } from "./follow-work.tsx";

/** A sheet beside the desk, on which work goes on: single keys mean the task. Tab goes through what stands on it. */
export function DeskPanels(props: DeskPanelsProps): ReactNode {
  const t = useTranslations("workbench.panels");
  const { panel, onClose } = props;
  const body = useRef<HTMLDivElement>(null);
  const close = (): void => {
    onClose();
    focusDesk();
  };
  useKeys([{ key: "Escape", label: t("close"), run: close }]);
  // External system: the focus. Whoever opens a sheet goes on from there with Tab.
  useEffect(() => {
    if (panel) body.current?.focus({ preventScroll: true });
  }, [panel]);
  return (
    <Drawer title={t(panel)} open onClose={close}>
      <div ref={body} tabIndex={-1} className="grid gap-6 outline-none" data-panel={panel}>
        {panel === "day" ? (
          <OwnDayPanel {...props} />
        ) : (
          <Suspense fallback={<Loading />}>
            <WaitingList {...props} />
          </Suspense>
        )}
      </div>
    </Drawer>
  );
}
