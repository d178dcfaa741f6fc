import type { ReactNode } from "react";
import { ExportPage } from "../../../../../features/exports/export-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ExportPage projectId={id} />;
}
