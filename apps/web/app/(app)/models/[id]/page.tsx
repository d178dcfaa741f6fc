import type { ReactNode } from "react";
import { ModelPage } from "../../../../features/models/model-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ModelPage id={id} />;
}
