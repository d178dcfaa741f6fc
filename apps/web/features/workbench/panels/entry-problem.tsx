import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useProblemText } from "../../../components/forms/problem-text.ts";
import { isWithdrawn } from "../state/lease-keeper.ts";
import type { Waiting } from "./waiting-of.ts";

/** What came of the last try, by its name, and what to do about it. */
export function EntryProblem({ error, refused }: Pick<Waiting, "error" | "refused">): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const { text } = useProblemText(error);
  return (
    <p className="text-xs text-warn">
      {text} {t(`cures.${cureOf(error, refused)}`)}
    </p>
  );
}

function cureOf(
  error: unknown,
  refused: boolean,
): "answered" | "archived" | "deleted" | "refused" | "signedOut" | "wait" {
  if (!(error instanceof ApiError)) return "wait";
  if (error.code === "project_archived") return "archived";
  if (isWithdrawn(error)) return "deleted";
  if (error.refusal?.reason === "taskAnswered") return "answered";
  if (refused) return "refused";
  return ["unauthenticated", "account_disabled", "csrf_failed"].includes(error.code) ? "signedOut" : "wait";
}
