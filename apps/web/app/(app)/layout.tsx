import type { ReactNode } from "react";
import { SignedIn } from "../../features/session/signed-in.tsx";

export default function AppLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return <SignedIn>{children}</SignedIn>;
}
