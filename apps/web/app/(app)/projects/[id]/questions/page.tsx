import type { ReactNode } from "react";
import { QuestionnaireList } from "../../../../../features/questionnaires/questionnaire-list.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  const { saved } = await searchParams;
  return <QuestionnaireList projectId={id} saved={typeof saved === "string" ? saved : undefined} />;
}
