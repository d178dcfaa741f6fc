import type { ReactNode } from "react";
import { ProjectPage } from "../../../../features/projects/project-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ProjectPage id={id} />;
}
