"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { Drawer } from "../../components/overlays/drawer.tsx";
import { useLive } from "../live/live-provider.tsx";
import { focusDesk } from "../workbench/state/focus-desk.ts";
import { inquiriesQuery } from "./guidance-queries.ts";
import { QuestionPanel } from "./question-panel.tsx";

interface DeskQuestionsProps {
  readonly projectId: string;
  readonly taskId: string | undefined;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** In the head of the desk: ask about the task, and whether an answer has come. Fetched once the desk stands. */
export function DeskQuestions({ projectId, taskId, open, onOpen }: DeskQuestionsProps): ReactNode {
  const t = useTranslations("guidance.ask");
  const client = useQueryClient();
  const list = useQuery(inquiriesQuery(projectId)).data;
  useLive("guidance", projectId);
  const [seenUpTo, setSeenUpTo] = useState<string | null>(null);
  const unseen = list?.unseen ?? 0;
  const see = useMutation({
    mutationFn: (upTo: string) => api.seeInquiries({ params: { id: projectId }, body: { upTo } }),
    onSuccess: () => client.invalidateQueries({ queryKey: inquiriesQuery(projectId).queryKey }),
  });
  const show = (): void => {
    // At once, so that the next letter typed goes into the field and not to a key.
    flushSync(() => onOpen(true));
    document.querySelector<HTMLElement>("[data-ask]")?.focus();
  };
  const close = (): void => {
    onOpen(false);
    focusDesk();
    // Seen once it is closed, so that what is new can be told while it is looked at.
    const newest = newestAnswer(list?.items ?? []);
    if (unseen > 0 && newest && newest !== seenUpTo) {
      setSeenUpTo(newest);
      see.mutate(newest);
    }
  };
  useKeys([
    { key: "q", label: t("title"), run: open ? close : show },
    ...(open ? [{ key: "Escape", label: t("close"), run: close }] : []),
  ]);
  return (
    <>
      <Button
        variant="ghost"
        shortcut="q"
        aria-expanded={open}
        className="text-xs max-md:px-1.5"
        onClick={open ? close : show}
      >
        {unseen > 0 ? t("unseen", { count: unseen }) : t("button")}
      </Button>
      {createPortal(
        <Drawer title={t("title")} open={open} onClose={close}>
          <QuestionPanel projectId={projectId} taskId={taskId} list={list} />
        </Drawer>,
        document.body,
      )}
    </>
  );
}

const newestAnswer = (items: readonly { readonly answer: { readonly at: string } | null }[]): string | undefined =>
  items
    .flatMap(({ answer }) => (answer ? [answer.at] : []))
    .toSorted()
    .at(-1);
