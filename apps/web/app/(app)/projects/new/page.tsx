import type { ReactNode } from "react";
import { NewProject } from "../../../../features/projects/new-project.tsx";

export default function Page(): ReactNode {
  return <NewProject />;
}
