import type { ReactNode } from "react";
import { filterOf } from "../../../../../features/judgements/judgement-filter.ts";
import { ProjectJudgements } from "../../../../../features/judgements/project-judgements.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ProjectJudgements projectId={id} filter={filterOf(await searchParams)} />;
}
