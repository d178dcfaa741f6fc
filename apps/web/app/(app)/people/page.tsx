import type { ReactNode } from "react";
import { PeoplePage } from "../../../features/people/people-page.tsx";

export default function Page(): ReactNode {
  return <PeoplePage />;
}
