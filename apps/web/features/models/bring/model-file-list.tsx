"use client";
import { ApiError } from "@touchstone/api-client";
import { modelFilesIssue, modelFilesOf, type SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Streak } from "../../../components/figures/streak.tsx";
import { Checkbox } from "../../../components/forms/checkbox.tsx";
import { issueText } from "../../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../../components/use-formats.ts";
import { ReadingProblem } from "../../imports/reading-problem.tsx";
import { isFetched } from "../../imports/sources/spool-queries.ts";
import type { useModelFiles } from "./use-model-files.ts";

/** Files that wait: those that make the model are ticked, and it is said at once whether they do. */
export function ModelFileList({ files }: { readonly files: ReturnType<typeof useModelFiles> }): ReactNode {
  const t = useTranslations("models.bring");
  const formats = useFormats();
  const say = useIssueMessages();
  const { waiting, chosen, spool } = files;
  if (!spool || waiting.length === 0) return null;
  const { form, leftAside, fault } = modelFilesOf(chosen.map(({ name }) => name));
  return (
    <section aria-label={t("waiting")} className="grid gap-2">
      <h2 className="font-medium">{t("waiting")}</h2>
      <ul className="grid divide-y divide-line rounded-lg border border-line bg-surface">
        {waiting.map((file) => (
          <Waiting
            key={file.id}
            file={file}
            isChosen={files.isChosen(file.id)}
            onChoose={(isChosen) => files.choose(file.id, isChosen)}
          />
        ))}
      </ul>
      <div role="status" className="grid gap-1">
        {chosen.length === 0 ? null : (
          <p className={fault ? "text-warn" : "text-ink-2"}>
            {fault ? issueText(modelFilesIssue(fault), say) : t(`forms.${form}`)}
          </p>
        )}
        {fault === null && leftAside.length > 0 ? (
          <p className="text-ink-2">{t("leftAside", { names: formats.list(leftAside) })}</p>
        ) : null}
      </div>
      <p className="text-xs text-ink-3">{t("kept", { kept: formats.duration(spool.keptHours * 3_600) })}</p>
    </section>
  );
}

interface WaitingProps {
  readonly file: SpooledFileView;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function Waiting({ file, isChosen, onChoose }: WaitingProps): ReactNode {
  const t = useTranslations("imports.sources");
  const formats = useFormats();
  const { name, state, bytes, received, problem } = file;
  return (
    <li className="grid gap-1 px-3 py-1">
      <Checkbox
        checked={isChosen}
        disabled={state === "failed"}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      >
        <span className="break-words">{name}</span>{" "}
        <span className="text-xs text-ink-3 tabular-nums">
          {formats.bytes(state === "ready" ? (bytes ?? 0) : received)}
        </span>
      </Checkbox>
      {isFetched(file) && bytes !== null ? (
        <Streak value={received / Math.max(1, bytes)} label={t("fetching", { name })} />
      ) : null}
      <ReadingProblem problem={problem ? new ApiError(problem) : null} />
    </li>
  );
}
