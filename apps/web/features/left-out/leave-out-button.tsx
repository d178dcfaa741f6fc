"use client";
import type { LeaveOutWhat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { LeaveOutDialog } from "./leave-out-dialog.tsx";

interface LeaveOutButtonProps {
  readonly projectId: string;
  readonly what: LeaveOutWhat;
  /** Said of the button where several stand on one page. */
  readonly of?: string;
  readonly quiet?: boolean;
  readonly onDone?: () => void;
}

/** Asks for a reason and says what it does before anything is left out. */
export function LeaveOutButton({ projectId, what, of, quiet = false, onDone }: LeaveOutButtonProps): ReactNode {
  const t = useTranslations("leftOut");
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        variant={quiet ? "ghost" : "default"}
        {...(of === undefined ? {} : { "aria-label": t("leaveOutOf", { what: of }) })}
        onClick={() => setAsked(true)}
      >
        {t("leaveOut")}
      </Button>
      {asked ? (
        <LeaveOutDialog projectId={projectId} what={what} onClose={() => setAsked(false)} onDone={onDone} />
      ) : null}
    </>
  );
}
