"use client";
import { useMutation } from "@tanstack/react-query";
import type { ProblemIssue, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Card } from "../../components/card.tsx";
import { Field } from "../../components/forms/field.tsx";
import { FileInput } from "../../components/forms/file-input.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { placedIssueText } from "../../components/forms/issue-text.ts";
import { ProblemFaults } from "../../components/forms/problem-faults.tsx";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { readProjectFile } from "./project-file.ts";

type FileToSend = Extract<ReturnType<typeof readProjectFile>, { file: unknown }>["file"];

/** So many faults are read, and then the first are mended. */
const shownFaults = 10;

/** Makes a project of a file that one was saved as, here or on another installation. */
export function ProjectOfFile({ onMade }: { readonly onMade: (project: ProjectView) => void }): ReactNode {
  const t = useTranslations("projects.file");
  const say = useIssueMessages();
  const [faults, setFaults] = useState<readonly ProblemIssue[]>([]);
  const send = useMutation({
    mutationFn: (file: FileToSend) => api.createProjectOfFile({ body: file }),
    onSuccess: onMade,
  });
  const read = async (file: File): Promise<void> => {
    send.reset();
    const reading = readProjectFile(await file.text());
    setFaults("faults" in reading ? reading.faults : []);
    if ("file" in reading) send.mutate(reading.file);
  };
  return (
    <Card title={t("title")} className="max-w-read">
      <div className="grid gap-3">
        <Field label={t("read")} hint={t("readHint")}>
          <FileInput accept=".json" disabled={send.isPending} onFiles={([file]) => file && void read(file)} />
        </Field>
        <div role="alert">
          {faults.length > 0 ? <p className="text-warn">{t("refused")}</p> : null}
          <ProblemFaults
            faults={faults.slice(0, shownFaults).map((fault) => placedIssueText(fault, say))}
            more={Math.max(0, faults.length - shownFaults)}
          />
        </div>
        <FormProblem problem={send.error} />
      </div>
    </Card>
  );
}
