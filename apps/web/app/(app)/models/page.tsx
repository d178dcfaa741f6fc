import type { ReactNode } from "react";
import { ModelList } from "../../../features/models/model-list.tsx";

export default function Page(): ReactNode {
  return <ModelList />;
}
