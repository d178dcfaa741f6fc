import type { ReactNode } from "react";
import { EvaluationPage } from "../../../../features/evaluations/evaluation-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <EvaluationPage id={id} />;
}
