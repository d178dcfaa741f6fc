"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";

interface EndBattleProps {
  readonly onEnd: (how: "abandoned" | "withdrawn") => void;
}

/** Ends a battle without a vote: what was said stays, or goes. */
export function EndBattle({ onEnd }: EndBattleProps): ReactNode {
  const t = useTranslations("arena");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const end = (how: "abandoned" | "withdrawn"): void => {
    setOpen(false);
    onEnd(how);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("end.open")}</Button>
      <Dialog label={t("end.title")} open={open} onClose={() => setOpen(false)}>
        <div className="grid gap-4 p-6 max-md:p-4">
          <h2 className="text-lg">{t("end.title")}</h2>
          <p className="text-ink-2">{t("end.body")}</p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => end("abandoned")}>{t("end.abandon")}</Button>
            <Button variant="danger" onClick={() => end("withdrawn")}>
              {t("end.withdraw")}
            </Button>
            <Button variant="ghost" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
