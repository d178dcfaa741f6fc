import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ArenaPage } from "../../../../features/arena/arena-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly projectId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("arena"))("title") };
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { projectId } = await params;
  return <ArenaPage projectId={projectId} />;
}
