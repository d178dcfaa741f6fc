"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useSession } from "../session/signed-in.tsx";
import { browserDesk } from "../workbench/state/desk.ts";
import { SavedChip } from "../workbench/views/saved-chip.tsx";
import type { BoxSnapshot, Correction, CorrectionBox } from "./correction-box.ts";
import { MadeNotice } from "./made-notice.tsx";
import { ownAnswersQuery } from "./own-queries.ts";
import { RecentRow } from "./recent-row.tsx";
import { RefusedCorrections } from "./refused-corrections.tsx";
import { SkippedList } from "./skipped-list.tsx";
import { useTakeBack } from "./use-take-back.ts";

interface RecentListProps {
  readonly projectId: string;
  readonly box: CorrectionBox;
  readonly snapshot: BoxSnapshot;
  /** What was done on the page that one comes back from. */
  readonly made: Correction | "unchanged" | undefined;
  readonly onMade: (made: undefined) => void;
}

/** What somebody has judged in this project, newest first, each leading to where it is corrected; and what they skipped. */
export function RecentList({ projectId, box, snapshot, made, onMade }: RecentListProps): ReactNode {
  const t = useTranslations("corrections");
  const router = useRouter();
  const desk = browserDesk(useSession().member.id);
  const answers = useInfiniteQuery(ownAnswersQuery(projectId));
  const rows = answers.data?.pages.flatMap((page) => page.items) ?? [];
  const { takeBack, problem } = useTakeBack(projectId, box, () => onMade(undefined));
  const waiting = new Map(snapshot.waiting.map((entry) => [entry.judgementId, entry]));
  const last = rows.find(({ id, undoable }) => undoable || waiting.has(id));
  const undo = (): void => {
    if (last) takeBack(last, waiting.get(last.id));
  };
  useKeys([
    { key: "h", label: t("back"), run: () => router.push(`/work/${projectId}`) },
    { key: "j", label: t("keys.next"), run: () => step(1) },
    { key: "k", label: t("keys.previous"), run: () => step(-1) },
    { key: "ArrowDown", run: () => step(1) },
    { key: "ArrowUp", run: () => step(-1) },
    ...(last ? [{ key: "z", label: t("takeBack"), run: undo }] : []),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        chip={<SavedChip outbox={snapshot.outbox} onRetry={() => box.retry()} />}
        actions={
          <ButtonLink href={`/work/${projectId}`} variant="ghost" aria-keyshortcuts="h">
            <KeyHint value="h" />
            {t("back")}
          </ButtonLink>
        }
      />
      <p className="mb-4 max-w-read text-ink-2">{t("rules")}</p>
      <RefusedCorrections projectId={projectId} box={box} refused={snapshot.refused} />
      <MadeNotice made={made} problem={problem} />
      <QueryView query={answers}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t("none.title")}>{t("none.body")}</EmptyState>
          ) : (
            <>
              <ol aria-label={t("title")} className="max-w-200 border-t border-line">
                {rows.map((row) => (
                  <RecentRow
                    key={row.id}
                    projectId={projectId}
                    row={row}
                    waiting={waiting.get(row.id)}
                    hidden={row.blurred && !desk.revealed(row.taskId)}
                    onTakeBack={takeBack}
                  />
                ))}
              </ol>
              <MoreButton query={answers} />
            </>
          )
        }
      </QueryView>
      <SkippedList projectId={projectId} />
    </>
  );
}

/** The focus itself goes through the list, so that a screen reader says each answer and Enter opens it. */
function step(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-own-answer]")];
  const { activeElement } = document;
  const place = activeElement instanceof HTMLElement ? links.indexOf(activeElement) : -1;
  const next = place === -1 ? 0 : Math.min(links.length - 1, Math.max(0, place + by));
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: "nearest" });
}
