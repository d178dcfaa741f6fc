import type { ReactNode } from "react";
import { LaunchPage } from "../../../../../../features/runs/launch-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <LaunchPage projectId={id} />;
}
