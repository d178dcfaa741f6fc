"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface MoreButtonProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** What it says in place of “More”. */
  readonly label?: string;
}

/** Brings the next page of a list, and is gone when there is none. */
export function MoreButton({ query, label }: MoreButtonProps): ReactNode {
  const t = useTranslations("common");
  if (!query.hasNextPage) return null;
  return (
    <Button variant="ghost" pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {label ?? t("more")}
    </Button>
  );
}
