"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { toasts } from "../../components/overlays/toast-store.ts";
import { recentHref } from "./places.ts";

/** From the desk to what was judged there, by one key or a quiet link. */
export function RecentLink({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("corrections");
  const router = useRouter();
  const href = recentHref(projectId);
  /** Without a network the list can't be had, and the desk goes on. */
  const stays = (): boolean => {
    if (navigator.onLine) return false;
    toasts.show(t("needsNetwork"));
    return true;
  };
  useKeys([{ key: "h", label: t("title"), run: () => void (stays() || router.push(href)) }]);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-keyshortcuts="h"
      title={t("title")}
      onClick={(event: MouseEvent) => void (stays() && event.preventDefault())}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-sm px-1 text-xs text-ink-2 hover:text-ink max-md:min-h-(--control-touch)"
    >
      <KeyHint value="h" />
      {t("short")}
    </Link>
  );
}
