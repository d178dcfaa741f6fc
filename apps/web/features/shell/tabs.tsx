"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export interface Tab {
  readonly label: string;
  readonly href: string;
  /** How much waits there, and in words for those who can't see the page; nothing is said of none. */
  readonly waiting?: { readonly count: number; readonly label: string } | undefined;
}

/** The longest address that the present one starts with, so that a page below a tab keeps it lit. */
function currentTab(items: readonly Tab[], pathname: string): Tab | undefined {
  return items
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .toSorted((left, right) => right.href.length - left.href.length)[0];
}

/** A row of tabs that is wider than the window shows the one where somebody is. */
function showCurrent(tab: HTMLAnchorElement | null): void {
  const row = tab?.parentElement;
  if (!tab || !row) return;
  const middleOf = (element: HTMLElement): number => {
    const { left, width } = element.getBoundingClientRect();
    return left + width / 2;
  };
  row.scrollLeft += middleOf(tab) - middleOf(row);
}

export interface TabsProps {
  readonly label: string;
  readonly items: readonly Tab[];
  /** The address of the tab a page belongs to, where its own address does not say so. */
  readonly under?: string;
}

export function Tabs({ label, items, under }: TabsProps): ReactNode {
  const pathname = usePathname();
  const current = currentTab(items, under ?? pathname);
  return (
    <nav
      aria-label={label}
      className="page-edges flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
    >
      {items.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          ref={tab === current ? showCurrent : undefined}
          aria-current={tab === current ? "page" : undefined}
          aria-label={tab.waiting?.label}
          className="-mb-px flex h-9 items-center border-b-2 border-transparent whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:h-(--control-touch)"
        >
          {tab.label}
          {tab.waiting ? (
            <>
              {/* What is seen is part of what is read out (WCAG 2.5.3): a word, a space, a number. */}{" "}
              <span className="ml-1.5 rounded-full bg-sunken px-1.5 text-xs tabular-nums">{tab.waiting.count}</span>
            </>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
