"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { Loading } from "../../components/loading.tsx";
import { startPageOf } from "./session-query.ts";
import { useSession } from "./signed-in.tsx";

/** The bare address leads each person to where their work is. */
export function StartPage(): ReactNode {
  const router = useRouter();
  const target = startPageOf(useSession().member.role);
  // External system: the browser's address.
  useEffect(() => router.replace(target), [router, target]);
  return (
    <main className="page-edges py-6">
      <Loading />
    </main>
  );
}
