import type { ReactNode } from "react";
import { comparisonOf } from "../../../../features/compare/compare-address.ts";
import { ComparePage } from "../../../../features/compare/compare-page.tsx";

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  return <ComparePage comparison={comparisonOf(await searchParams)} />;
}
