"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { GoingList } from "../deletions/going-list.tsx";
import { erasuresQuery } from "./erasure-queries.ts";

/** Who and what is being erased, and how far that is; nothing where nothing is. It names nobody. */
export function ErasuresUnderWay(): ReactNode {
  const t = useTranslations("erasure");
  const { data } = useQuery(erasuresQuery);
  const client = useQueryClient();
  const underWay = (data?.items ?? []).filter(({ finishedAt }) => finishedAt === null);
  const count = underWay.length;
  const before = useRef(count);
  // External system: lists that were read while this went on.
  useEffect(() => {
    if (count < before.current) void client.invalidateQueries();
    before.current = count;
  }, [client, count]);
  const items = underWay.map(({ id, what, counts, done }) => ({
    ...{ id, done },
    text: t(`going.${what}`, { count: counts.judgements }),
  }));
  return <GoingList title={t("underWayTitle")} items={items} />;
}
