"use client";
import type { ArenaBattleView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";

interface RevealProps {
  readonly battle: ArenaBattleView;
  readonly onAgain: () => void;
}

/** How a battle ended: after a vote who they were, and else that nobody is told. */
export function Reveal({ battle: { state, told }, onAgain }: RevealProps): ReactNode {
  const t = useTranslations("arena");
  useKeys([{ key: "n", label: t("again"), run: onAgain }]);
  return (
    <section
      aria-label={t("ended")}
      className="grid justify-items-start gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <div role="status" className="grid gap-1">
        {told ? (
          <>
            <p className="text-md font-medium">{t(`voted.${told.choice}`)}</p>
            <p className="wrap-anywhere">{t("wasA", { name: told.a.name })}</p>
            <p className="wrap-anywhere">{t("wasB", { name: told.b.name })}</p>
            {told.counted ? null : <p className="text-warn">{t("notCounted", { names: told.selfNamed.join(", ") })}</p>}
          </>
        ) : (
          <p>{t(state === "withdrawn" ? "withdrawn" : "abandoned")}</p>
        )}
      </div>
      <Button variant="primary" shortcut="n" onClick={onAgain}>
        {t("again")}
      </Button>
    </section>
  );
}
