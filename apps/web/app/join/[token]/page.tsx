import type { ReactNode } from "react";
import { JoinPage } from "../../../features/join/join-page.tsx";

export default async function Page({ params }: PageProps<"/join/[token]">): Promise<ReactNode> {
  const { token } = await params;
  return <JoinPage token={token} />;
}
