import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { WorkHome } from "../../../features/work/work-home.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("work"))("title") };
}

export default function Page(): ReactNode {
  return <WorkHome />;
}
