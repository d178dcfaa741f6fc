import type { ReactNode } from "react";
import { EndpointsPage } from "../../../../features/endpoints/endpoints-page.tsx";

export default function Page(): ReactNode {
  return <EndpointsPage />;
}
