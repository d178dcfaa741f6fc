"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RemarkView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { InboxEntry } from "./inbox-entry.tsx";
import { type InboxFilter, remarksQuery } from "./remark-queries.ts";
import { useInboxKeys } from "./use-inbox-keys.ts";

const states = ["open", "done", "both"] as const;
const kinds = ["all", "question", "judgement", "skip"] as const;

/** A project's inbox: what people ask, and what they have left at the desk beside their answers, so that somebody hears of it. */
export function RemarkList({ projectId }: { readonly projectId: string }): ReactNode {
  return <ProjectFrame id={projectId}>{() => <Inbox projectId={projectId} />}</ProjectFrame>;
}

function Inbox({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("remarks");
  const [filter, setFilter] = useState<InboxFilter>({ state: "open", kind: "all", silentSkips: false });
  const remarks = useInfiniteQuery(remarksQuery(projectId, filter));
  const narrow = (change: Partial<InboxFilter>): void => setFilter({ ...filter, ...change });
  useInboxKeys();
  return (
    <>
      <PageHead title={t("title")} />
      <p className="max-w-read text-ink-2">{t("what")}</p>
      <div className="my-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label={t("filter.state")}>
          <Select
            value={filter.state}
            onChange={({ currentTarget: { value } }) =>
              narrow({ state: states.find((one) => one === value) ?? "open" })
            }
          >
            {states.map((state) => (
              <option key={state} value={state}>
                {t(`states.${state}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("filter.kind")}>
          <Select
            value={filter.kind}
            onChange={({ currentTarget: { value } }) => narrow({ kind: kinds.find((one) => one === value) ?? "all" })}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          checked={filter.silentSkips}
          onChange={(event) => narrow({ silentSkips: event.currentTarget.checked })}
        >
          {t("silentSkips")}
        </Checkbox>
      </div>
      <QueryView query={remarks}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Nothing filter={filter} />
          ) : (
            <>
              <Entries projectId={projectId} remarks={items} />
              <MoreButton query={remarks} />
            </>
          );
        }}
      </QueryView>
    </>
  );
}

function Nothing({ filter }: { readonly filter: InboxFilter }): ReactNode {
  const t = useTranslations("remarks.empty");
  const narrowed = filter.kind !== "all" || filter.state === "done";
  return <EmptyState title={narrowed ? t("narrowed") : t("title")}>{narrowed ? t("widen") : t("body")}</EmptyState>;
}

function Entries({
  projectId,
  remarks,
}: {
  readonly projectId: string;
  readonly remarks: readonly RemarkView[];
}): ReactNode {
  const t = useTranslations("remarks");
  return (
    <ul aria-label={t("title")} className="my-3 rounded-lg border border-line bg-surface">
      {remarks.map((remark) => (
        <InboxEntry key={remark.id} projectId={projectId} remark={remark} />
      ))}
    </ul>
  );
}
