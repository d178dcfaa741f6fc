import type { ReactNode } from "react";
import { RunList } from "../../../../../features/runs/run-list.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <RunList projectId={id} />;
}
