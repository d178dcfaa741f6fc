"use client";
import type { ReactNode } from "react";
import { CommandMenu } from "./command-menu.tsx";

/** The menu where only its key is shown. */
export function CommandMenuOnDemand(): ReactNode {
  return <CommandMenu keyOnly />;
}
