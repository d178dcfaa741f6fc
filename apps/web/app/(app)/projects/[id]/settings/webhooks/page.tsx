import type { ReactNode } from "react";
import { WebhooksPage } from "../../../../../../features/webhooks/webhooks-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <WebhooksPage projectId={id} />;
}
