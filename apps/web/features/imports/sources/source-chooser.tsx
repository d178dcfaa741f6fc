"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { classNames } from "../../../components/class-names.ts";
import { DropFile } from "../drop-file.tsx";
import { AddressForm } from "./address-form.tsx";
import { FolderFiles } from "./folder-files.tsx";
import { SpoolList } from "./spool-list.tsx";
import { spoolKey } from "./spool-queries.ts";
import { UploadProgress } from "./upload-progress.tsx";
import type { useUpload } from "./use-upload.ts";

const ways = ["upload", "address", "folder"] as const;
type Way = (typeof ways)[number];

interface Props {
  readonly projectId: string;
  readonly upload: ReturnType<typeof useUpload>;
  /** The file whose receipt is in sight. */
  readonly chosenId: string | null;
  readonly onFiles: (files: readonly File[]) => void;
  /** A file that is at the server whole. */
  readonly onChoose: (file: SpooledFileView) => void;
}

/** Where a file for an import comes from, and those that were brought already. */
export function SourceChooser({ projectId, upload, chosenId, onFiles, onChoose }: Props): ReactNode {
  const t = useTranslations("imports.sources");
  const client = useQueryClient();
  const [way, setWay] = useState<Way>("upload");
  const brought = (file: SpooledFileView): void => {
    void client.invalidateQueries({ queryKey: spoolKey(projectId) });
    if (file.state === "ready") onChoose(file);
  };
  return (
    <div className="grid max-w-read grid-cols-1 gap-3">
      <fieldset className="flex min-w-0 flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium">{t("from")}</legend>
        {ways.map((one) => (
          <label
            key={one}
            className={classNames(
              "inline-flex items-center gap-2 max-md:min-h-(--control-touch)",
              one !== way && "text-ink-2",
            )}
          >
            <input
              type="radio"
              name="way"
              checked={one === way}
              onChange={() => setWay(one)}
              className="size-4 flex-none accent-(--accent)"
            />
            {t(`ways.${one}`)}
          </label>
        ))}
      </fieldset>
      {way === "upload" ? <DropFile onFiles={onFiles} /> : null}
      {way === "address" ? <AddressForm projectId={projectId} onBrought={brought} /> : null}
      {way === "folder" ? <FolderFiles projectId={projectId} onBrought={brought} /> : null}
      <UploadProgress upload={upload} />
      <SpoolList place={projectId} chosenId={chosenId} sendingId={upload.state?.id ?? null} onChoose={onChoose} />
    </div>
  );
}
