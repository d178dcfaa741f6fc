import type { ReactNode } from "react";
import { BringModelPage } from "../../../../features/models/bring/bring-model-page.tsx";

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { project } = await searchParams;
  return <BringModelPage projectId={typeof project === "string" ? project : undefined} />;
}
