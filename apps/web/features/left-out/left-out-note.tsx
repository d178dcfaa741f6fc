"use client";
import type { LeftOutMark, PutBackWhat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { LeaveOutButton } from "./leave-out-button.tsx";
import { PutBackButton } from "./put-back-button.tsx";

/** That something does not count, why, who has left it out and when. */
export function LeftOutNote({ mark }: { readonly mark: LeftOutMark }): ReactNode {
  const t = useTranslations("leftOut");
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
      <Chip state="rest">{t(`marks.${mark.kind}`)}</Chip>
      <span>{t(`reasons.${mark.reason}`)}</span>
      {mark.note === "" ? null : <q className="min-w-0 break-words">{mark.note}</q>}
      {mark.by === null ? null : <span>{mark.by}</span>}
      <Moment at={mark.createdAt} />
    </span>
  );
}

interface LeftOutCommandsProps {
  readonly projectId: string;
  readonly judgement: { readonly id: string; readonly leftOut: LeftOutMark | null };
  readonly of: string;
}

/** Leaves a judgement out, or puts it back where it is left out by itself. */
export function JudgementLeaving({ projectId, judgement, of }: LeftOutCommandsProps): ReactNode {
  const builds = useHasRole("admin", "researcher");
  const { id, leftOut } = judgement;
  if (!builds) return null;
  const what: PutBackWhat = { kind: "judgement", judgementId: id };
  return (
    <UnlessArchived projectId={projectId} quiet>
      {leftOut?.kind === "judgement" ? <PutBackButton projectId={projectId} what={what} of={of} /> : null}
      {leftOut === null ? (
        <LeaveOutButton
          projectId={projectId}
          what={{ kind: "judgement", judgementId: id, replace: false }}
          of={of}
          quiet
        />
      ) : null}
    </UnlessArchived>
  );
}
