import type { ReactNode } from "react";
import { QuestionnairePage } from "../../../../../../features/questionnaires/questionnaire-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  const { of, like } = await searchParams;
  const wish = { of: typeof of === "string" ? of : undefined, like: typeof like === "string" ? like : undefined };
  // Another wish is another form: nothing of the one before stays.
  return <QuestionnairePage key={`${wish.of} ${wish.like}`} projectId={id} {...wish} />;
}
