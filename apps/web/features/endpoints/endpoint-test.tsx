"use client";
import type { EndpointTestView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";

/** What became of one short question. */
export function EndpointTest({ test }: { readonly test: EndpointTestView }): ReactNode {
  const t = useTranslations("endpoints.test");
  const say = useIssueMessages();
  const formats = useFormats();
  const { fault, text, model, promptTokens, answerTokens, durationMs } = test;
  const counted = promptTokens !== null && answerTokens !== null;
  return (
    <div className="grid min-w-0 gap-1">
      <p className="flex items-baseline gap-1.5 text-sm">
        <i aria-hidden="true" className="mark" data-state={fault ? "attention" : "ok"} />
        <span>
          {t(fault ? "failed" : "answered", { time: formats.duration(durationMs / 1000) })}
          {model ? ` · ${model}` : ""}
          {counted ? ` · ${t("tokens", { prompt: promptTokens, answer: answerTokens })}` : ""}
        </span>
      </p>
      {fault ? <p className="text-sm text-warn [overflow-wrap:anywhere]">{issueText(fault, say)}</p> : null}
      {text ? <p className="rounded-md bg-sunken p-2 text-sm [overflow-wrap:anywhere]">{text}</p> : null}
    </div>
  );
}
