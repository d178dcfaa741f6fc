import type { ReactNode } from "react";
import { ReturnPage } from "../../features/join/return-page.tsx";

export default function Page(): ReactNode {
  return <ReturnPage />;
}
