"use client";
import type { ProblemIssue } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "../../../components/forms/field.tsx";
import { FileInput } from "../../../components/forms/file-input.tsx";
import { placedIssueText } from "../../../components/forms/issue-text.ts";
import { ProblemFaults } from "../../../components/forms/problem-faults.tsx";
import { useIssueMessages } from "../../../components/forms/use-issue-messages.ts";
import type { Written } from "./form-faults.ts";
import { readQuestionnaireFile } from "./questionnaire-file.ts";

/** So many faults are read, and then the first are mended. */
const shownFaults = 10;

/** Begins the form with a file that a questionnaire was saved as, here or elsewhere. */
export function FromFile({ onRead }: { readonly onRead: (written: Written) => void }): ReactNode {
  const t = useTranslations("questionnaires.file");
  const say = useIssueMessages();
  const [faults, setFaults] = useState<readonly ProblemIssue[]>([]);
  const read = async (file: File): Promise<void> => {
    const reading = readQuestionnaireFile(await file.text());
    setFaults("faults" in reading ? reading.faults : []);
    if ("written" in reading) onRead(reading.written);
  };
  return (
    <div>
      <Field label={t("read")} hint={t("readHint")}>
        <FileInput accept=".json" onFiles={([file]) => file && void read(file)} />
      </Field>
      <div role="alert">
        {faults.length > 0 ? <p className="text-warn">{t("refused")}</p> : null}
        <ProblemFaults
          faults={faults.slice(0, shownFaults).map((fault) => placedIssueText(fault, say))}
          more={Math.max(0, faults.length - shownFaults)}
        />
      </div>
    </div>
  );
}
