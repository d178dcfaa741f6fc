import type { ReactNode } from "react";
import { standingOf } from "../../../../../features/standing/standing-filter.ts";
import { StandingPage } from "../../../../../features/standing/standing-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <StandingPage projectId={id} filter={standingOf(await searchParams)} />;
}
