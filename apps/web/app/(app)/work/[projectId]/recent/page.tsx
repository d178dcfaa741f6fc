import { type ReactNode, Suspense } from "react";
import { Loading } from "../../../../../components/loading.tsx";
import { RecentPage } from "../../../../../features/corrections/recent-page.tsx";

export default async function Page({ params }: PageProps<"/work/[projectId]/recent">): Promise<ReactNode> {
  const { projectId } = await params;
  return (
    <Suspense fallback={<Loading />}>
      <RecentPage projectId={projectId} />
    </Suspense>
  );
}
