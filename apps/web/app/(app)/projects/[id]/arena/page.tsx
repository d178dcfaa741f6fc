import type { ReactNode } from "react";
import { ProjectArena } from "../../../../../features/arena/project-arena.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ProjectArena projectId={id} />;
}
