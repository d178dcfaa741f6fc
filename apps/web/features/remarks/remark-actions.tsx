"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RemarkView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";

interface RemarkActionsProps {
  readonly projectId: string;
  readonly remark: RemarkView;
}

/** What the staff does with something in the inbox: answers a question, or says that it is done with. */
export function RemarkActions({ projectId, remark }: RemarkActionsProps): ReactNode {
  const t = useTranslations("remarks");
  const [answering, setAnswering] = useState(false);
  const client = useQueryClient();
  const { id, kind, done = false, answer } = remark;
  const settle = useMutation({
    mutationFn: () => api.settleRemark({ params: { id: projectId, remarkId: id }, body: { done: !done } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["project", projectId, "remarks"] }),
  });
  const once = useSendOnce();
  if (answering) return <AnswerForm projectId={projectId} remark={remark} onClose={() => setAnswering(false)} />;
  return (
    <div className="grid gap-1">
      <FormProblem problem={settle.error} />
      <p className="-ml-2 flex flex-wrap gap-2">
        {kind === "question" ? (
          <Button variant="ghost" data-answer-remark="" onClick={() => setAnswering(true)}>
            {answer ? t("answerAnew") : t("answer")}
          </Button>
        ) : null}
        <Button
          variant="ghost"
          data-settle=""
          pending={settle.isPending}
          onClick={() => once(() => settle.mutateAsync())}
        >
          {done ? t("reopen") : t("settle")}
        </Button>
      </p>
    </div>
  );
}

interface AnswerFormProps extends RemarkActionsProps {
  readonly onClose: () => void;
}

function AnswerForm({ projectId, remark, onClose }: AnswerFormProps): ReactNode {
  const t = useTranslations("remarks");
  const client = useQueryClient();
  const [text, setText] = useState(remark.answer?.text ?? "");
  const [forAll, setForAll] = useState(remark.answer?.forAll ?? false);
  const send = useMutation({
    mutationFn: () => api.answerInquiry({ params: { id: projectId, inquiryId: remark.id }, body: { text, forAll } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["project", projectId, "remarks"] });
      onClose();
    },
  });
  const once = useSendOnce();
  const submit = (): void => {
    if (text.trim() !== "") once(() => send.mutateAsync());
  };
  const press = (event: KeyboardEvent): void => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isComposing || keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
    // What was written is not thrown away by a key.
    if (event.key === "Escape" && text === (remark.answer?.text ?? "")) onClose();
  };
  return (
    <form
      noValidate
      className="grid max-w-read gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t("yourAnswer")} hint={t("answerHint")}>
        <Textarea
          rows={3}
          maxLength={4_000}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={press}
        />
      </Field>
      <Checkbox checked={forAll} onChange={(event) => setForAll(event.currentTarget.checked)}>
        {t("forAllWish")}
      </Checkbox>
      <FormProblem problem={send.error} />
      <p className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={send.isPending} disabled={text.trim() === ""}>
          {t("sendAnswer")}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {t("cancel")}
        </Button>
      </p>
    </form>
  );
}
