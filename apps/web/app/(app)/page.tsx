import type { ReactNode } from "react";
import { StartPage } from "../../features/session/start-page.tsx";

export default function Page(): ReactNode {
  return <StartPage />;
}
