import type { ReactNode } from "react";
import { SkipPage } from "../../../../features/remarks/skip-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <SkipPage id={id} />;
}
