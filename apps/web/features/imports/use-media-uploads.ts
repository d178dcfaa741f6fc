"use client";
import { mediaTypeOfName } from "@touchstone/contracts";
import { useState } from "react";
import { api } from "../../api/client.ts";

/** What has become of the files that were chosen beside the rows. */
export interface MediaUploads {
  /** Still on their way, the one that is being sent among them. */
  readonly waiting: number;
  readonly kept: number;
  readonly refused: readonly { readonly name: string; readonly problem: unknown }[];
}

const nothing: MediaUploads = { waiting: 0, kept: 0, refused: [] };

/** Whether a file is a picture or a sound by what it claims; one that claims falsely is refused when it arrives. */
export function isMediaFile({ name, type }: Pick<File, "name" | "type">): boolean {
  return mediaTypeOfName(name) !== undefined || /^(?:image|audio|video)\//.test(type);
}

/** Sends pictures and sounds to a project, one after another, each by its name. */
export function useMediaUploads(projectId: string) {
  const [uploads, setUploads] = useState<MediaUploads>(nothing);
  const send = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setUploads((now) => ({ ...now, waiting: now.waiting + files.length, refused: [] }));
    for (const file of files) {
      try {
        await api.uploadMedia({
          params: { id: projectId },
          query: { name: file.name },
          upload: { body: file, contentType: "application/octet-stream" },
        });
        setUploads((now) => ({ ...now, waiting: now.waiting - 1, kept: now.kept + 1 }));
      } catch (problem) {
        const refusal = { name: file.name, problem };
        setUploads((now) => ({ ...now, waiting: now.waiting - 1, refused: [...now.refused, refusal] }));
      }
    }
  };
  return { uploads, send };
}
