import type { ReactNode } from "react";
import { AuditPage } from "../../../../features/people/audit-page.tsx";

export default function Page(): ReactNode {
  return <AuditPage />;
}
