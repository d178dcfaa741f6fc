import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { useFormats } from "../../components/use-formats.ts";
import type { Draw } from "./talk.ts";

/** How an answer stands: how long it is, how it was drawn, and why it ends where it does. */
export function AnswerState({ draw }: { readonly draw: Draw }): ReactNode {
  const t = useTranslations("playground.state");
  const formats = useFormats();
  const drawn = t("drawn", {
    tokens: draw.tokens,
    seed: draw.seed,
    temperature: formats.number(draw.sampling.temperature),
  });
  return (
    <div className="grid gap-1 text-xs text-ink-3">
      <p className="tabular-nums">{drawn}</p>
      {draw.state === "whole" && draw.finishReason === "length" ? <p>{t(...cutBy(draw))}</p> : null}
      {draw.state === "stopped" ? <p>{t("stopped")}</p> : null}
      {draw.state === "broken" ? <Broken draw={draw} /> : null}
    </div>
  );
}

/** Whether the longest answer was reached, or the context is full; in numbers. */
function cutBy({ sampling, tokens, promptTokens }: Draw): ["longest" | "full", Record<string, number>] {
  if (sampling.maxNewTokens !== undefined && tokens >= sampling.maxNewTokens)
    return ["longest", { limit: sampling.maxNewTokens }];
  const prompt = promptTokens ?? 0;
  return ["full", { prompt, answer: tokens, limit: prompt + tokens }];
}

function Broken({ draw }: { readonly draw: Draw }): ReactNode {
  const t = useTranslations("playground.state");
  const { text } = useProblemText(draw.problem && new ApiError(draw.problem));
  return (
    <p role="alert" className="flex items-baseline gap-1.5 text-sm text-warn">
      <i aria-hidden="true" className="mark" data-state="attention" />
      <span>
        {draw.problem === null ? t("lost") : text} {draw.text === "" ? null : t("notWhole")}
      </span>
    </p>
  );
}
