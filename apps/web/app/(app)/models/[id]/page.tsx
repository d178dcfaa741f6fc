import type { ReactNode } from "react";
import { ModelPage } from "../../../../features/models/model-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  const { project } = await searchParams;
  return <ModelPage id={id} projectId={typeof project === "string" ? project : undefined} />;
}
