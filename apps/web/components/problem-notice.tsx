"use client";
import { ApiError, ConnectionError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Button } from "./button.tsx";
import { lazyPart } from "./lazy-part.ts";

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What the server says is said by a part of its own: whoever has been answered has it at hand. */
const AnsweredProblem = lazyPart(() => import("./answered-problem.tsx").then((file) => file.AnsweredProblem));

/** What went wrong and what to do, in place of what could not be shown. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps): ReactNode {
  const t = useTranslations("common");
  const problems = useTranslations("problems");
  if (error instanceof ApiError) {
    return (
      <Suspense>
        <AnsweredProblem error={error} {...(onRetry ? { onRetry } : {})} />
      </Suspense>
    );
  }
  return (
    <div role="alert" className="grid max-w-read justify-items-start gap-3 py-6">
      <p className="flex items-baseline gap-2 text-md text-warn">
        <i aria-hidden="true" className="mark" data-state="attention" />
        {problems(error instanceof ConnectionError ? "connection" : "unexpected")}
      </p>
      {onRetry ? <Button onClick={onRetry}>{t("tryAgain")}</Button> : null}
    </div>
  );
}
