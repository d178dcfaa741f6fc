"use client";
import { useQuery } from "@tanstack/react-query";
import { ConnectionError } from "@touchstone/api-client";
import type { Role } from "@touchstone/contracts";
import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, Suspense, use, useEffect, useState } from "react";
import { otherMember } from "../../api/other-member.ts";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { isDeskPage } from "../../worker/cache-rules.ts";
import { forgetDesks, rememberSession } from "../offline/desk-memory.ts";
import type { KeptSession } from "../offline/kept.ts";
import { useKeptSession } from "../offline/use-kept-session.ts";
import { isDisabled, sessionQuery } from "./session-query.ts";

/** Few ever see these, and whoever does has the server at hand. */
const DisabledNotice = lazyPart(async () => (await import("./disabled-notice.tsx")).DisabledNotice);
const OtherSessionNotice = lazyPart(async () => (await import("./other-session-notice.tsx")).OtherSessionNotice);

const Context = createContext<KeptSession | null>(null);

/** The session of whoever looks at this page; only below `SignedIn`. */
export function useSession(): KeptSession {
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
  const disabled = isDisabled(session.error);
  // A desk goes on without the server with what it holds; any other page would show what may no longer be so.
  const cut = session.data === undefined && session.error instanceof ConnectionError && isDeskPage(pathname);
  const kept = useKeptSession(cut);

  // External system: the browser's address.
  useEffect(() => {
    if (nobody) router.replace(`/sign-in?next=${encodeURIComponent(pathname)}`);
  }, [nobody, pathname, router]);

  // External system: the browser's database, which outlives the session.
  useEffect(() => {
    if (nobody || disabled) void forgetDesks();
    else if (session.data) rememberSession(session.data);
  }, [nobody, disabled, session.data]);

  // External system: the API, which knows whose the browser's cookie is.
  const { refetch } = session;
  useEffect(() => otherMember.subscribe(() => void refetch()), [refetch]);

  const present = session.data ?? kept;
  const [opener, setOpener] = useState<KeptSession | null>(null);
  if (opener === null && present) setOpener(present);

  // Also where a session is known from before: it has ended in the meantime.
  if (disabled)
    return (
      <Suspense fallback={<Loading />}>
        <DisabledNotice />
      </Suspense>
    );
  if (present && !nobody && opener && opener.member.id !== present.member.id)
    return (
      <Suspense fallback={<Loading />}>
        <OtherSessionNotice before={opener} now={present} onGoOn={() => setOpener(present)} />
      </Suspense>
    );
  if (present && !nobody) return <Context value={present}>{children}</Context>;
  const reading = cut && kept === undefined;
  return (
    <main className="page-edges py-6">
      {session.isError && !reading ? (
        <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Loading />
      )}
    </main>
  );
}
