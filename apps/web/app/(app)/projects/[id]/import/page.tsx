import type { ReactNode } from "react";
import { ImportPage } from "../../../../../features/imports/import-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  const { ask } = await searchParams;
  return <ImportPage projectId={id} ask={typeof ask === "string" ? ask : undefined} />;
}
