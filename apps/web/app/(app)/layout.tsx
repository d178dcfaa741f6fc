import type { ReactNode } from "react";
import { LiveProvider } from "../../features/live/live-provider.tsx";
import { SignedIn } from "../../features/session/signed-in.tsx";

export default function AppLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <SignedIn>
      <LiveProvider>{children}</LiveProvider>
    </SignedIn>
  );
}
