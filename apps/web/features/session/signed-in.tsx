"use client";
import { useQuery } from "@tanstack/react-query";
import type { Role, SessionView } from "@touchstone/contracts";
import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect } from "react";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { DisabledNotice, isDisabled } from "./disabled-notice.tsx";
import { sessionQuery } from "./session-query.ts";

const Context = createContext<SessionView | null>(null);

/** The session of whoever looks at this page; only below `SignedIn`. */
export function useSession(): SessionView {
  const session = use(Context);
  if (!session) throw new Error("useSession is used outside of SignedIn.");
  return session;
}

/** Whether the person has one of these roles: for what to offer, never for what to allow; the API does that. */
export function useHasRole(...roles: readonly Role[]): boolean {
  return roles.includes(useSession().member.role);
}

/** Shows its children to who is signed in, and sends everyone else to sign in and back. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactNode {
  const session = useQuery(sessionQuery);
  const router = useRouter();
  const pathname = usePathname();
  const nobody = session.data === null;

  // External system: the browser's address.
  useEffect(() => {
    if (nobody) router.replace(`/sign-in?next=${encodeURIComponent(pathname)}`);
  }, [nobody, pathname, router]);

  // Also where a session is known from before: it has ended in the meantime.
  if (isDisabled(session.error)) return <DisabledNotice />;
  if (session.data) return <Context value={session.data}>{children}</Context>;
  return (
    <main className="page-edges py-6">
      {session.isError ? <ProblemNotice error={session.error} onRetry={() => void session.refetch()} /> : <Loading />}
    </main>
  );
}
