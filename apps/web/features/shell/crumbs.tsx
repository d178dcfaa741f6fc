import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

/** Where one is. The last part is this page; phones show only it. */
export function Crumbs({ items }: { readonly items: readonly Crumb[] }): ReactNode {
  const t = useTranslations("shell");
  return (
    <>
      <Link href="/" aria-label={t("notFound.action")}>
        <Logo />
      </Link>
      <nav aria-label={t("breadcrumb")} className="flex min-w-0 items-center gap-2 font-medium">
        {items.map(({ label, href }, index) =>
          index === items.length - 1 ? (
            <Link key={href} href={href} aria-current="page" className="min-w-0 truncate">
              {label}
            </Link>
          ) : (
            <span key={href} className="flex items-center gap-2 whitespace-nowrap max-md:hidden">
              <Link href={href} className="inline-flex min-h-6 items-center text-ink-2 hover:text-ink">
                {label}
              </Link>
              <span aria-hidden="true" className="font-normal text-line-strong">
                /
              </span>
            </span>
          ),
        )}
      </nav>
    </>
  );
}
