import type { ReactNode } from "react";
import { BatchesPage } from "../../../../../features/batches/batches-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <BatchesPage projectId={id} />;
}
