import type { ReactNode } from "react";
import { LabelSetPage } from "../../../../features/label-sets/label-set-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <LabelSetPage id={id} />;
}
