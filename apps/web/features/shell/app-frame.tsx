"use client";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, Suspense } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { AccountMenu } from "./account-menu.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { type Crumb, Crumbs } from "./crumbs.tsx";
import { KeySheet } from "./key-sheet.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Tabs, type TabsProps } from "./tabs.tsx";

/** Of admins alone. */
const NoticeBell = lazyPart(async () => (await import("../notices/notice-bell.tsx")).NoticeBell);

interface AppFrameProps {
  readonly crumbs: readonly Crumb[];
  readonly tabs?: TabsProps | undefined;
  /** The run page goes to 108rem, because its plots grow; text pages stop at 77rem. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Bar, tabs and the page below them, all aligned to one measure. */
export function AppFrame({ crumbs, tabs, wide, children }: AppFrameProps): ReactNode {
  const t = useTranslations("shell");
  const style: CSSProperties & Record<"--page", string> = { "--page": "108rem" };
  return (
    <div style={wide ? style : undefined}>
      <a
        href="#main"
        className="absolute -top-16 left-2 z-50 rounded-md bg-surface px-3 py-2 focus:top-2 focus:shadow-md"
      >
        {t("skip")}
      </a>
      <header>
        <div className="page-edges flex h-(--bar) items-center gap-4">
          <Crumbs items={crumbs} />
          <div className="ml-auto flex items-center gap-1">
            <CommandMenu className="max-md:hidden" />
            <LanguageSwitch className="max-md:hidden" />
            <KeySheet className="max-md:hidden" />
            <Suspense>
              <NoticeBell />
            </Suspense>
            <AccountMenu />
          </div>
        </div>
        {tabs ? (
          <Suspense>
            <Tabs {...tabs} />
          </Suspense>
        ) : null}
      </header>
      <main id="main" tabIndex={-1} className="page-edges py-(--page-edge) outline-none">
        {children}
      </main>
    </div>
  );
}
