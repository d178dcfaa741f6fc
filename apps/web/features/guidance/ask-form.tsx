"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConnectionError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { focusDesk } from "../workbench/state/focus-desk.ts";
import { type AskDraft, keepDraft, readDraft } from "./ask-draft.ts";
import { inquiriesQuery } from "./guidance-queries.ts";

interface AskFormProps {
  readonly projectId: string;
  /** The task on the screen; none: only a question that was begun before can still be sent. */
  readonly taskId: string | undefined;
}

/** A question about the task on the screen, which stays as it is. What is written is kept until it has arrived. */
export function AskForm({ projectId, taskId }: AskFormProps): ReactNode {
  const t = useTranslations("guidance.ask");
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => readDraft(projectId));
  const change = (next: AskDraft | null): void => {
    setDraft(next);
    keepDraft(projectId, next);
  };
  const ask = useMutation({
    mutationFn: ({ taskId: about, text, key }: AskDraft) =>
      api.ask({ params: { id: projectId }, body: { taskId: about, text, idempotencyKey: key } }),
    onSuccess: () => {
      change(null);
      focusDesk();
      void client.invalidateQueries({ queryKey: inquiriesQuery(projectId).queryKey });
    },
  });
  const once = useSendOnce();
  const send = (): void => {
    if (draft && draft.text.trim() !== "") once(() => ask.mutateAsync(draft));
  };
  const about = draft?.taskId ?? taskId;
  if (about === undefined) return <p className="text-ink-2">{t("noTask")}</p>;
  const write = (text: string): void => {
    ask.reset();
    // Another text is another question, also where an earlier form of it may have arrived unheard.
    change(text === "" ? null : { taskId: about, text, key: crypto.randomUUID() });
  };
  const press = (event: KeyboardEvent): void => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isComposing || keyCode === 229 || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const offline = ask.error instanceof ConnectionError;
  return (
    <form
      noValidate
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label={about === taskId ? t("label") : t("labelEarlier")} hint={t("hint")}>
        <Textarea
          rows={3}
          maxLength={4_000}
          data-ask=""
          value={draft?.text ?? ""}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={press}
        />
      </Field>
      <FormProblem problem={offline ? undefined : ask.error} />
      {offline ? (
        <p role="alert" className="text-warn">
          {t("offline")}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={ask.isPending} disabled={!draft || draft.text.trim() === ""}>
          {t("send")}
        </Button>
        <span role="status" className="text-xs text-ink-2">
          {ask.isSuccess ? t("sent") : ""}
        </span>
      </div>
    </form>
  );
}
