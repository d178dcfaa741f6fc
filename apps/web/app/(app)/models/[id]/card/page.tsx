import type { ReactNode } from "react";
import { ReportCardPage } from "../../../../../features/report-card/report-card-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ReportCardPage id={id} />;
}
