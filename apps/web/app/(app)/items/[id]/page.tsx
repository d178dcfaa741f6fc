import type { ReactNode } from "react";
import { ItemPage } from "../../../../features/browse/item-page.tsx";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  return <ItemPage id={id} />;
}
