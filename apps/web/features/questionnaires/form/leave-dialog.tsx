"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { useLeaveGuard } from "./use-leave-guard.ts";

/** Asks before a link takes somebody away from what is not saved. */
export function LeaveDialog({ unsaved }: { readonly unsaved: boolean }): ReactNode {
  const t = useTranslations("questionnaires.leave");
  const router = useRouter();
  const { asked, stay } = useLeaveGuard(unsaved);
  return (
    <Dialog label={t("title")} open={asked !== null} onClose={stay}>
      <div className="grid gap-3 p-5">
        <p className="font-medium">{t("title")}</p>
        <p>{t("body")}</p>
        <div className="flex justify-end gap-2">
          <Button data-focus-first onClick={stay}>
            {t("stay")}
          </Button>
          <Button variant="danger" onClick={() => asked && router.push(asked)}>
            {t("go")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
