"use client";
import { useQuery } from "@tanstack/react-query";
import type { SkipView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { CommentText } from "../judgements/comment-text.tsx";
import { HiddenTask } from "../judgements/hidden-task.tsx";
import { TaskAsShown } from "../judgements/task-as-shown.tsx";
import { useHidden } from "../judgements/use-hidden.ts";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { skipQuery } from "./remark-queries.ts";

/** A task that was passed by: who it was, what was said, and what stood on the desk. */
export function SkipPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("remarks");
  const skip = useQuery(skipQuery(id));
  return (
    <WorkspaceFrame crumbs={[{ label: t("skip"), href: `/skips/${id}` }]}>
      <QueryView query={skip}>{(data) => <Skip skip={data} />}</QueryView>
    </WorkspaceFrame>
  );
}

function Skip({ skip }: { readonly skip: SkipView }): ReactNode {
  const t = useTranslations("remarks");
  const { hidden, reveal } = useHidden(skip);
  return (
    <article className="grid gap-6">
      <PageHead
        title={skip.reason === null ? t("skipped") : t("skippedFor", { reason: t(`reasons.${skip.reason}`) })}
      />
      <p className="-mt-8 flex flex-wrap items-center gap-x-4 text-xs text-ink-3">
        <span>{skip.member.name}</span>
        <Moment at={skip.createdAt} />
        <span>{t("guideline", { version: skip.guidelineVersion })}</span>
        {skip.flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
        <TextLink href={`/projects/${skip.projectId}/remarks`}>{t("all")}</TextLink>
      </p>
      <CommentText comment={skip.comment} />
      {hidden ? <HiddenTask onReveal={reveal} /> : <TaskAsShown task={skip} />}
    </article>
  );
}
