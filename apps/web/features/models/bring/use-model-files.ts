"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { useRef, useState } from "react";
import { spoolKey, spoolQuery } from "../../imports/sources/spool-queries.ts";
import { useUpload } from "../../imports/sources/use-upload.ts";

/** Files of a project that wait, those of them that make the model, and those that are on their way, one after another. */
export function useModelFiles(projectId: string) {
  const client = useQueryClient();
  const spool = useQuery(spoolQuery(projectId)).data;
  const [ids, setIds] = useState<readonly string[]>([]);
  const queue = useRef<File[]>([]);
  const choose = (id: string, isChosen: boolean): void =>
    setIds((now) => [...now.filter((one) => one !== id), ...(isChosen ? [id] : [])]);
  const sendNext = (): void => {
    const next = queue.current.shift();
    if (next) void upload.send(next);
  };
  const upload = useUpload(projectId, (there) => {
    choose(there.id, true);
    sendNext();
  });
  // A file that is read in place is there for imports alone: workers read models, and may not see the server's folder.
  const waiting = (spool?.items ?? []).filter(({ id, inPlace }) => id !== upload.state?.id && !inPlace);
  return {
    spool,
    upload,
    waiting,
    /** In the order in which they were chosen. */
    chosen: ids.flatMap((id) => waiting.find((file) => file.id === id && file.state === "ready") ?? []),
    isChosen: (id: string) => ids.includes(id),
    choose,
    /** Sends files one after another; each is chosen once it is there. */
    take: (files: readonly File[]): void => {
      queue.current.push(...files);
      if (upload.state === null) sendNext();
    },
    /** One that the server fetches is chosen already, and counts once it is there. */
    brought: (file: SpooledFileView): void => {
      choose(file.id, true);
      void client.invalidateQueries({ queryKey: spoolKey(projectId) });
    },
  };
}
