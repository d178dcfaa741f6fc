import type { ReactNode } from "react";
import { TranslationsPage } from "../../../../../../features/translations/translations-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <TranslationsPage projectId={id} />;
}
