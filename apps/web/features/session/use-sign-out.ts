"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "../../api/client.ts";
import { sessionQuery } from "./session-query.ts";

/** Ends the session, forgets everything that was fetched under it, and goes where one can sign in, unless told better. */
export function useSignOut(onDone?: () => void): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
      if (onDone) onDone();
      else router.replace("/sign-in");
    },
  });
  return () => mutation.mutate();
}
