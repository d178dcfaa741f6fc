import type { ReactNode } from "react";
import { BrowsePage } from "../../../../../features/browse/browse-page.tsx";
import { filterOf } from "../../../../../features/browse/item-filter.ts";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <BrowsePage projectId={id} filter={filterOf(await searchParams)} />;
}
