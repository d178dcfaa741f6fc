import type { ReactNode } from "react";
import { EvaluationList } from "../../../../../features/evaluations/evaluation-list.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <EvaluationList projectId={id} />;
}
