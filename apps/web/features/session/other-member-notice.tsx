"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Entrance } from "./entrance.tsx";

interface OtherMemberNoticeProps {
  /** Whose page this was. */
  readonly before: string;
  /** Who is signed in by now. */
  readonly now: string;
  readonly onGoOn: () => void;
}

/** Instead of a page that would go on under another name than it was opened with: somebody else has signed in meanwhile. */
export function OtherMemberNotice({ before, now, onGoOn }: OtherMemberNoticeProps): ReactNode {
  const t = useTranslations("session.otherMember");
  const product = useTranslations("common")("product");
  const pathname = usePathname();
  return (
    <Entrance product={product} title={t("title", { now })} lead={t("body", { before })}>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={onGoOn}>
          {t("goOn", { now })}
        </Button>
        <ButtonLink href={`/sign-in?next=${encodeURIComponent(pathname)}`}>{t("signIn", { before })}</ButtonLink>
      </div>
    </Entrance>
  );
}
