import type { ReactNode } from "react";
import { JudgementPage } from "../../../../features/judgements/judgement-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <JudgementPage id={id} />;
}
