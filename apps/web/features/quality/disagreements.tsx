"use client";
import type { QualityView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { itemsHref } from "../browse/item-filter.ts";

interface DisagreementsProps {
  readonly projectId: string;
  readonly items: QualityView["disagreements"];
}

/** The items to look at first: a guideline that is unclear shows there. */
export function Disagreements({ projectId, items }: DisagreementsProps): ReactNode {
  const t = useTranslations("quality.differ");
  const browse = useTranslations("browse");
  const formats = useFormats();
  const all = <TextLink href={itemsHref(projectId, { agreement: "differ" })}>{t("browse")}</TextLink>;
  return (
    <Card title={t("title")} aside={all} note={t("note")} flush>
      {items.length === 0 ? <p className="px-4 pb-4 text-ink-2">{t("none")}</p> : null}
      <ol className="divide-y divide-line border-t border-line empty:hidden">
        {items.map(({ taskId, excerpt, share, people, flags }) => (
          <li key={taskId} className="flex min-w-0 flex-wrap items-center gap-x-3 px-4 py-2">
            <TextLink href={`/items/${taskId}`} className="min-w-0 flex-1 basis-48 truncate">
              <span dir="auto">{excerpt === "" ? browse("item") : excerpt}</span>
            </TextLink>
            {flags > 0 ? <Chip state="attention">{browse("flags", { count: flags })}</Chip> : null}
            <span className="text-xs text-ink-3 tabular-nums">
              {t("share", { share: formats.share(share), people })}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
