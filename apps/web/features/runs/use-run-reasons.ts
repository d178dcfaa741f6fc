import { askingReasons, refusalReasons, trainingReasons } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import type { RunReason, RunReasonMessages } from "./run-reason.ts";

/** With the values that each is made with. */
const sentences: Readonly<Record<RunReason, string>> = {
  ...trainingReasons,
  ...askingReasons,
  endpointBudget: refusalReasons.endpointBudget,
  endpointKeyUnreadable: refusalReasons.endpointKeyUnreadable,
};

function isOfTraining(reason: RunReason): reason is keyof typeof trainingReasons {
  return Object.hasOwn(trainingReasons, reason);
}

/** The messages of the page's language by which it says why a run was refused. */
export function useRunReasons(): RunReasonMessages {
  const isEnglish = useLocale() === "en";
  const t = useTranslations("runs.reasons");
  const { isWord, word, refusal } = useIssueMessages();
  return {
    isEnglish,
    isReason: (code): code is RunReason => Object.hasOwn(sentences, code),
    needs: (reason) => [...sentences[reason].matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
    reason: (reason, { kind, ...values }) => {
      if (!isOfTraining(reason)) return refusal(reason, values);
      return t(reason, { ...values, kind: kind !== undefined && isWord(kind) ? word(kind) : (kind ?? "") });
    },
  };
}
