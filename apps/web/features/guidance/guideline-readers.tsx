"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { guidelineReadersQuery } from "./guidance-queries.ts";

/** Who of those who work in a project has read its guideline: how many, and their names on demand. */
export function GuidelineReaders({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("guidance.settings");
  const readers = useQuery(guidelineReadersQuery(projectId)).data;
  if (!readers) return null;
  const { version, required, read, unread, items } = readers;
  if (items.length === 0) return <p className="text-sm text-ink-3">{t("nobody")}</p>;
  return (
    <details className="text-sm">
      <summary className="min-h-6 w-fit cursor-pointer max-md:min-h-(--control-touch)">
        {t("readers", { read, unread, version })}
      </summary>
      {required < version ? <p className="pt-1 text-ink-3">{t("notRequired")}</p> : null}
      <ul className="grid gap-1 pt-2">
        {items.map(({ member, version: of, readAt }) => (
          <li key={member.id} className="flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 [overflow-wrap:anywhere]">{member.name}</span>
            <Chip state={of >= version ? "ok" : "waiting"}>{of === 0 ? t("none") : t("readOf", { version: of })}</Chip>
            {readAt === null ? null : (
              <span className="text-xs text-ink-3">
                <Moment at={readAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {read + unread > items.length ? <p className="pt-2 text-ink-3">{t("more")}</p> : null}
    </details>
  );
}
