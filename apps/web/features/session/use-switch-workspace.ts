"use client";
import { useMutation } from "@tanstack/react-query";
import type { SessionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { api } from "../../api/client.ts";
import { otherMember } from "../../api/other-member.ts";
import { toasts } from "../../components/overlays/toast-store.ts";

interface Switching {
  readonly go: (workspaceId: string) => void;
  readonly pending: boolean;
}

/** Goes on in another workspace of the same login, whose session takes the place of this one in every window. */
export function useSwitchWorkspace(here: string, onDone: (session: SessionView) => void): Switching {
  const t = useTranslations("session");
  const { mutate, isPending, isSuccess } = useMutation({
    mutationFn: (workspaceId: string) => api.switchWorkspace({ body: { workspaceId } }),
    onError: () => toasts.show(t("switchFailed", { workspace: here })),
    onSuccess: (session) => {
      otherMember.tellOtherWindows();
      onDone(session);
    },
  });
  // Done, the page is on its way elsewhere.
  return { go: mutate, pending: isPending || isSuccess };
}
