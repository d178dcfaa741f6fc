"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Streak } from "../../../components/figures/streak.tsx";
import { Moment } from "../../../components/moment.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { ReadingProblem } from "../reading-problem.tsx";
import { isFetched, type SpoolPlace, spoolKey, spoolQuery } from "./spool-queries.ts";

interface Props {
  readonly place: SpoolPlace;
  /** The file whose receipt is in sight. */
  readonly chosenId: string | null;
  /** The file that this page sends, which it shows itself. */
  readonly sendingId: string | null;
  readonly onChoose: (file: SpooledFileView) => void;
}

/** Files that were brought and wait here: what each is, how long it stays, and what can be done with it. */
export function SpoolList({ place, chosenId, sendingId, onChoose }: Props): ReactNode {
  const t = useTranslations("imports.sources");
  const formats = useFormats();
  const spool = useQuery(spoolQuery(place)).data;
  const items = (spool?.items ?? []).filter(({ id }) => id !== sendingId);
  if (!spool || items.length === 0) return null;
  return (
    <section aria-label={t("waiting")} className="grid gap-2">
      <h2 className="font-medium">{t("waiting")}</h2>
      <ul className="grid divide-y divide-line rounded-lg border border-line bg-surface">
        {items.map((file) => (
          <Waiting key={file.id} place={place} file={file} isChosen={file.id === chosenId} onChoose={onChoose} />
        ))}
      </ul>
      <p className="text-xs text-ink-3">
        {t("room", {
          used: formats.bytes(spool.used),
          room: formats.bytes(spool.room),
          largest: formats.bytes(spool.largest),
          kept: formats.duration(spool.keptHours * 3_600),
        })}
      </p>
    </section>
  );
}

interface WaitingProps {
  readonly place: SpoolPlace;
  readonly file: SpooledFileView;
  readonly isChosen: boolean;
  readonly onChoose: (file: SpooledFileView) => void;
}

function Waiting({ place, file, isChosen, onChoose }: WaitingProps): ReactNode {
  const t = useTranslations("imports.sources");
  const formats = useFormats();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeSpooled({ params: { id: file.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: spoolKey(place) }),
  });
  const { state, origin, bytes, received, problem } = file;
  const sent = formats.bytes(received);
  const size = bytes === null ? null : formats.bytes(bytes);
  const onItsWay = origin === "upload" ? "upload" : "address";
  return (
    <li className="grid gap-1 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40">
          <span className="font-medium break-words">{file.name}</span>{" "}
          {file.place === null || file.place === file.name ? null : (
            <span className="text-xs text-ink-3 break-all">{file.place}</span>
          )}
        </span>
        {state === "ready" ? (
          <Button aria-label={t("useNamed", { name: file.name })} disabled={isChosen} onClick={() => onChoose(file)}>
            {t("use")}
          </Button>
        ) : null}
        <Button
          variant="ghost"
          aria-label={t("removeNamed", { name: file.name })}
          pending={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t(isFetched(file) ? "cancel" : "remove")}
        </Button>
      </div>
      {isFetched(file) && bytes !== null ? (
        <Streak value={received / Math.max(1, bytes)} label={t("fetching", { name: file.name })} />
      ) : null}
      <p className="text-xs text-ink-2 tabular-nums">
        {state === "arriving" && size === null ? t("arriving.unsized", { sent }) : null}
        {state === "arriving" && size !== null ? t(`arriving.${onItsWay}`, { sent, bytes: size }) : null}
        {state === "ready" ? (
          <>
            {size} · {file.imported ? `${t("imported")} · ` : ""}
            {t("until")} <Moment at={file.expiresAt} />
          </>
        ) : null}
      </p>
      <ReadingProblem problem={remove.error ?? (problem ? new ApiError(problem) : null)} />
    </li>
  );
}
