import type { ReactNode } from "react";
import { QualityPage } from "../../../../../features/quality/quality-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <QualityPage projectId={id} />;
}
