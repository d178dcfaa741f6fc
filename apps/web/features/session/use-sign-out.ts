"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { api } from "../../api/client.ts";
import { toasts } from "../../components/overlays/toast-store.ts";
import { forgetDesks } from "../offline/desk-memory.ts";
import { sessionQuery } from "./session-query.ts";

/** Ends the session, forgets everything that was fetched under it, and goes where one can sign in, unless told better. */
export function useSignOut(onDone?: () => void): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  const t = useTranslations("session");
  const mutation = useMutation({
    mutationFn: async () => {
      // First, since this much can be done without the server too.
      await forgetDesks();
      await api.signOut();
    },
    onError: () => toasts.show(t("signOutFailed")),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
      if (onDone) onDone();
      else router.replace("/sign-in");
    },
  });
  return () => mutation.mutate();
}
