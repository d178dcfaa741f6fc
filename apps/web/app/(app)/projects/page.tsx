import type { ReactNode } from "react";
import { ProjectList } from "../../../features/projects/project-list.tsx";

export default function Page(): ReactNode {
  return <ProjectList />;
}
