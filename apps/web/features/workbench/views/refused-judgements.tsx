import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import type { OutboxSnapshot } from "../outbox/outbox.ts";
import { isWithdrawn } from "../state/lease-keeper.ts";

interface RefusedJudgementsProps {
  readonly refused: OutboxSnapshot["refused"];
  readonly onDiscard: () => void;
}

/** Judgements that the server does not take: they stay here until they are discarded. */
export function RefusedJudgements({ refused, onDiscard }: RefusedJudgementsProps): ReactNode {
  const t = useTranslations("workbench");
  const corrections = refused.flatMap(({ entry }) => (entry.kind === "correction" ? [entry.projectId] : []));
  const [project] = corrections;
  const count = refused.length - corrections.length;
  if (count === 0 && project) {
    return (
      <>
        <span className="text-warn">{t("refusedCorrections", { count: corrections.length })}</span>
        <TextLink href={`/work/${project}/recent`}>{t("seeCorrections")}</TextLink>
      </>
    );
  }
  // Nothing is wrong with these: they wait for the project.
  const archived = refused.every(({ error }) => error instanceof ApiError && error.code === "project_archived");
  // Nor with these: nothing can be said of their tasks any more.
  const withdrawn = refused.every(({ error }) => isWithdrawn(error));
  return (
    <>
      {archived ? <span>{t("archived.kept", { count })}</span> : null}
      {withdrawn ? <span>{t("withdrawn", { count })}</span> : null}
      {archived || withdrawn ? null : <span className="text-warn">{t("refused", { count })}</span>}
      <Button variant="ghost" onClick={onDiscard}>
        {t("discard")}
      </Button>
    </>
  );
}
