import type { ReactNode } from "react";
import { ImportPage } from "../../../../../features/imports/import-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ImportPage projectId={id} />;
}
