import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { SignInForm } from "../../features/session/sign-in-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("session"))("title") };
}

export default function Page(): ReactNode {
  return (
    <Suspense>
      <SignInForm />
    </Suspense>
  );
}
