import type { ReactNode } from "react";
import { IncompleteLink } from "../../features/join/incomplete-link.tsx";

/** A link of which nothing was copied but its beginning. */
export default function Page(): ReactNode {
  return <IncompleteLink />;
}
