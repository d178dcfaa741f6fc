import { type TrainingReason, trainingReasons } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import type { RunReasonMessages } from "./run-reason.ts";

/** The messages of the page's language by which it says why a run was refused. */
export function useRunReasons(): RunReasonMessages {
  const isEnglish = useLocale() === "en";
  const t = useTranslations("runs.reasons");
  const { isWord, word } = useIssueMessages();
  return {
    isEnglish,
    isReason: (code): code is TrainingReason => Object.hasOwn(trainingReasons, code),
    needs: (reason) => [...trainingReasons[reason].matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
    reason: (reason, { kind, ...values }) =>
      t(reason, { ...values, kind: kind !== undefined && isWord(kind) ? word(kind) : (kind ?? "") }),
  };
}
