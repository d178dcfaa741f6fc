import type { ReactNode } from "react";
import { LabelSetsPage } from "../../../../../features/label-sets/label-sets-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <LabelSetsPage projectId={id} />;
}
