import type { ReactNode } from "react";
import { LeftOutPage } from "../../../../../features/left-out/left-out-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <LeftOutPage projectId={id} />;
}
