"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "../../components/text-link.tsx";
import { arenasQuery } from "./arena-queries.ts";

/** On an annotator's home the ways to arenas that are open; nothing where none is. */
export function ArenaLinks(): ReactNode {
  const t = useTranslations("arena");
  const items = useQuery(arenasQuery).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="arenas" className="mt-8 grid max-w-200 gap-2">
      <h2 id="arenas" className="text-lg">
        {t("title")}
      </h2>
      <p className="text-ink-2">{t("lead")}</p>
      <ul className="grid gap-1">
        {items.map(({ projectId, name }) => (
          <li key={projectId} className="wrap-anywhere">
            <TextLink href={`/arena/${projectId}`}>{name}</TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
