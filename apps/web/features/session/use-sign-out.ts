"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "../../api/client.ts";
import { sessionQuery } from "./session-query.ts";

/** Ends the session and forgets everything that was fetched under it. */
export function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
      router.replace("/sign-in");
    },
  });
  return () => mutation.mutate();
}
