import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import type { OutboxSnapshot } from "../outbox/outbox.ts";
import { EntryProblem } from "../panels/entry-problem.tsx";
import { EntryWords } from "../panels/entry-words.tsx";
import { isWithdrawn } from "../state/lease-keeper.ts";

interface RefusedJudgementsProps {
  readonly refused: OutboxSnapshot["refused"];
  readonly onDiscard: () => void;
}

/** Judgements that the server does not take: they stay here until they are discarded, which asks over all that is in them. */
export function RefusedJudgements({ refused, onDiscard }: RefusedJudgementsProps): ReactNode {
  const t = useTranslations("workbench");
  const [asked, setAsked] = useState(false);
  const judgements = refused.filter(({ entry }) => entry.kind !== "correction");
  const [correction] = refused.filter(({ entry }) => entry.kind === "correction");
  const count = judgements.length;
  if (count === 0 && correction) {
    return (
      <>
        <span className="text-warn">{t("refusedCorrections", { count: refused.length })}</span>
        <TextLink href={`/work/${correction.entry.projectId}/recent`}>{t("seeCorrections")}</TextLink>
      </>
    );
  }
  // Nothing is wrong with these: they wait for the project.
  const archived = refused.every(({ error }) => error instanceof ApiError && error.code === "project_archived");
  // Nor with these: nothing can be said of their tasks any more.
  const withdrawn = refused.every(({ error }) => isWithdrawn(error));
  const keep = (): void => setAsked(false);
  return (
    <>
      {archived ? <span>{t("archived.kept", { count })}</span> : null}
      {withdrawn ? <span>{t("withdrawn", { count })}</span> : null}
      {archived || withdrawn ? null : <span className="text-warn">{t("refused", { count })}</span>}
      <Button variant="ghost" onClick={() => setAsked(true)}>
        {t("seeRefused")}
      </Button>
      {/* Not in the line that is read out as it changes. */}
      {createPortal(
        <Dialog label={t("seeRefused")} open={asked} onClose={keep}>
          <div className="grid gap-3 p-5 text-sm text-ink">
            <ol className="grid divide-y divide-line">
              {judgements.map(({ entry, error }) => (
                <li key={entry.key} className="grid gap-1 py-3">
                  <EntryWords entry={entry} refused />
                  <EntryProblem error={error} refused />
                </li>
              ))}
            </ol>
            <p>{t("discardAsk")}</p>
            <div className="flex flex-wrap gap-2">
              <Button variant="danger" onClick={onDiscard}>
                {t("discard")}
              </Button>
              <Button variant="ghost" data-focus-first onClick={keep}>
                {t("panels.list.keep")}
              </Button>
            </div>
          </div>
        </Dialog>,
        document.body,
      )}
    </>
  );
}
