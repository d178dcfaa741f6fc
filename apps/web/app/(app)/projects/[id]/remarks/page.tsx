import type { ReactNode } from "react";
import { RemarkList } from "../../../../../features/remarks/remark-list.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <RemarkList projectId={id} />;
}
