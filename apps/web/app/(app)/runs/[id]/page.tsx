import type { ReactNode } from "react";
import { RunPage } from "../../../../features/runs/run-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <RunPage id={id} />;
}
