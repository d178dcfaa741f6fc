"use client";
import { ApiError } from "@touchstone/api-client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "./button.tsx";
import { ProblemFaults } from "./forms/problem-faults.tsx";
import { useProblemText } from "./forms/problem-text.ts";

interface AnsweredProblemProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What the server has refused or failed at, fault by fault, and what to do. */
export function AnsweredProblem({ error, onRetry }: AnsweredProblemProps): ReactNode {
  const t = useTranslations("common");
  const pathname = usePathname();
  const { text, faults, more, requestId } = useProblemText(error);
  const signedOut = error instanceof ApiError && error.code === "unauthenticated";
  return (
    <div role="alert" className="grid max-w-read justify-items-start gap-3 py-6">
      <p className="flex items-baseline gap-2 text-md text-warn">
        <i aria-hidden="true" className="mark" data-state="attention" />
        {text}
      </p>
      <ProblemFaults faults={faults} more={more} />
      {requestId ? <p className="text-xs text-ink-3">{t("requestId", { id: requestId })}</p> : null}
      {signedOut ? <ButtonLink href={`/sign-in?next=${encodeURIComponent(pathname)}`}>{t("signIn")}</ButtonLink> : null}
      {onRetry ? <Button onClick={onRetry}>{t("tryAgain")}</Button> : null}
    </div>
  );
}
