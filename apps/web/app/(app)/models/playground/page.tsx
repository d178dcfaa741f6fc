import type { ReactNode } from "react";
import { PlaygroundPage } from "../../../../features/playground/playground-page.tsx";

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { model, project } = await searchParams;
  return <PlaygroundPage modelIds={[model ?? []].flat()} projectId={typeof project === "string" ? project : null} />;
}
