import type { ReactNode } from "react";
import { SettingsPage } from "../../../../../features/projects/settings-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <SettingsPage projectId={id} />;
}
