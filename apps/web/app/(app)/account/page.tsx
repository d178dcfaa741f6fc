import type { ReactNode } from "react";
import { AccountPage } from "../../../features/people/account-page.tsx";

export default function Page(): ReactNode {
  return <AccountPage />;
}
