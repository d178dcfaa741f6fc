import type { ReactNode } from "react";
import { Workbench } from "../../../../features/workbench/workbench.tsx";

export default async function Page({ params }: PageProps<"/work/[projectId]">): Promise<ReactNode> {
  const { projectId } = await params;
  return <Workbench projectId={projectId} />;
}
