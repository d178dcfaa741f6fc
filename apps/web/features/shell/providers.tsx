"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { createQueryClient } from "../../api/query-client.ts";
import { Toaster } from "../../components/overlays/toaster.tsx";
import { NewVersion } from "./new-version.tsx";

export function Providers({ children }: { readonly children: ReactNode }): ReactNode {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      {children}
      <Toaster />
      <NewVersion />
    </QueryClientProvider>
  );
}
