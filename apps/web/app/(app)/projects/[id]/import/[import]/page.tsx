import type { ReactNode } from "react";
import { ImportDetailPage } from "../../../../../../features/imports/import-detail-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string; readonly import: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id, import: importId } = await params;
  return <ImportDetailPage projectId={id} importId={importId} />;
}
