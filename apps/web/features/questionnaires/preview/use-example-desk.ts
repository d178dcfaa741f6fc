"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { attachToPage } from "../../workbench/state/attach-to-page.ts";
import { browserDesk } from "../../workbench/state/desk.ts";
import type { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
import { openExampleDesk } from "./example-desk.ts";
import type { ExampleWish } from "./example-task.ts";

const ownAnswers = ["answer1", "answer2", "answer3"] as const;

/** A session at a desk with examples; null until it has been opened. Other questions, or more answers, are another one. */
export function useExampleDesk({
  projectId,
  guidelineVersion,
  questions,
  answers,
}: ExampleWish): WorkbenchSession | null {
  const t = useTranslations("questionnaires.example");
  const locale = useLocale();
  const [session, setSession] = useState<WorkbenchSession | null>(null);

  // External system: the life of the page, which the session follows as at the desk itself.
  useEffect(() => {
    const texts = {
      language: locale,
      prompt: t("prompt"),
      answer(place: number): string {
        const own = ownAnswers[place - 1];
        return own ? t(own) : t("more", { place });
      },
    };
    const opened = openExampleDesk({ projectId, guidelineVersion, questions, answers }, texts, browserDesk(""));
    const detach = attachToPage(opened);
    setSession(opened);
    void opened.open();
    return () => {
      detach();
      opened.close();
    };
  }, [projectId, guidelineVersion, questions, answers, locale, t]);

  return session;
}
