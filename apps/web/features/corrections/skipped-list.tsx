"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { OwnSkip } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { useSession } from "../session/signed-in.tsx";
import { browserDesk, randomKey } from "../workbench/state/desk.ts";
import { ownSkipsQuery } from "./own-queries.ts";

/** What somebody has skipped in this project, with the reason they gave; taken back, a task lies on the desk again. */
export function SkippedList({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("corrections.skips");
  const router = useRouter();
  const queries = useQueryClient();
  const skips = useInfiniteQuery(ownSkipsQuery(projectId));
  // Asked again under the same key, it happens once.
  const keys = useRef(new Map<string, string>());
  const undo = useMutation({
    mutationFn: ({ id }: OwnSkip) => {
      const idempotencyKey = keys.current.get(id) ?? randomKey();
      keys.current.set(id, idempotencyKey);
      return api.undoSkip({ params: { id }, body: { idempotencyKey } });
    },
    onSuccess: () => router.push(`/work/${projectId}`),
    onError: () => queries.invalidateQueries({ queryKey: ownSkipsQuery(projectId).queryKey }),
  });
  const rows = skips.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="mt-8 max-w-200">
      <h2 className="mb-2 text-base">{t("title")}</h2>
      <FormProblem problem={undo.error} />
      <ol aria-label={t("title")} className="border-t border-line">
        {rows.map((row) => (
          <SkippedRow key={row.id} row={row} pending={undo.isPending} onUndo={() => undo.mutate(row)} />
        ))}
      </ol>
      <MoreButton query={skips} />
    </section>
  );
}

interface SkippedRowProps {
  readonly row: OwnSkip;
  readonly pending: boolean;
  readonly onUndo: () => void;
}

function SkippedRow({ row, pending, onUndo }: SkippedRowProps): ReactNode {
  const t = useTranslations("corrections");
  const reasons = useTranslations("workbench.skipReasons");
  const desk = browserDesk(useSession().member.id);
  return (
    <li data-own-skip={row.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-line py-3">
      <div className="grid min-w-0 flex-1 basis-60 gap-0.5">
        <span>{row.reason ? reasons(row.reason) : t("skips.noReason")}</span>
        {row.blurred && !desk.revealed(row.taskId) ? (
          <span className="truncate text-ink-3">{t("blurred.excerpt")}</span>
        ) : (
          <span dir="auto" lang={row.language ?? undefined} className="truncate text-ink-2">
            {row.excerpt}
          </span>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        {row.flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
        {row.commented ? <span>{t("skips.commented")}</span> : null}
        <Moment at={row.createdAt} />
        {row.undoable ? (
          <Button variant="ghost" className="text-xs" pending={pending} onClick={onUndo}>
            {t("skips.undo")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
