"use client";
import { useQuery } from "@tanstack/react-query";
import type { LabelSetDetails, LabelSetFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { AskFile } from "./ask-file.tsx";
import { FileActions } from "./file-actions.tsx";
import { fileHref } from "./file-name-of.ts";
import { HowToLoad } from "./how-to-load.tsx";
import { labelSetFilesQuery } from "./label-set-queries.ts";

/** The files of a set, how far each is written, and what may be done with it. */
export function SetFiles({ set }: { readonly set: LabelSetDetails }): ReactNode {
  const t = useTranslations("labelSets.files");
  const builds = useHasRole("admin", "researcher");
  const files = useQuery(labelSetFilesQuery(set.id));
  return (
    <Card title={t("title")} note={t("note")}>
      <QueryView query={files}>
        {({ items }) => (
          <ul className="divide-y divide-line border-y border-line empty:hidden">
            {items.map((file) => (
              <li key={file.name} className="grid gap-2 py-3">
                <FileLine set={set} file={file} />
                {builds ? <FileActions set={set} file={file} /> : null}
                {builds && file.state === "ready" ? <HowToLoad set={set} name={file.name} /> : null}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {builds ? <AskFile id={set.id} projectId={set.project.id} /> : null}
    </Card>
  );
}

const marks: Record<LabelSetFileView["state"], ChipState> = {
  ...{ waiting: "waiting", writing: "running", ready: "ok", failed: "attention" },
};

interface FileLineProps {
  readonly set: LabelSetDetails;
  readonly file: LabelSetFileView;
}

function FileLine({ set, file }: FileLineProps): ReactNode {
  const t = useTranslations("labelSets.files");
  const formats = useFormats();
  const builds = useHasRole("admin", "researcher");
  const { name, state, rows, bytes, sha256, blind } = file;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        {builds && state === "ready" ? (
          <a
            href={fileHref(set.id, name)}
            download
            className="inline-flex min-h-6 items-center font-mono wrap-anywhere text-accent underline-offset-3 hover:underline"
          >
            {name}
          </a>
        ) : (
          <span className="font-mono wrap-anywhere">{name}</span>
        )}
        <Chip state={marks[state]}>{t(`states.${state}`)}</Chip>
        {state === "writing" || state === "ready" ? <span>{t("rows", { count: rows })}</span> : null}
        {bytes === null ? null : <span>{formats.bytes(bytes)}</span>}
      </p>
      {sha256 === null ? null : (
        <p className="text-xs text-ink-3">
          SHA-256 <code className="break-all">{sha256}</code>
        </p>
      )}
      {blind > 0 ? <p className="text-xs text-ink-2">{t("blind", { count: blind })}</p> : null}
    </>
  );
}
