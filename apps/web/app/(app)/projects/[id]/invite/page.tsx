import type { ReactNode } from "react";
import { InvitePage } from "../../../../../features/people/invite-page.tsx";

export default async function Page({ params }: PageProps<"/projects/[id]/invite">): Promise<ReactNode> {
  const { id } = await params;
  return <InvitePage projectId={id} />;
}
