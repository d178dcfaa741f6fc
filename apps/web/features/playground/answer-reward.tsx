import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { useFormats } from "../../components/use-formats.ts";
import { RewardParts } from "./reward-parts.tsx";
import type { Draw } from "./talk.ts";

/** What the reward model says of a whole answer. */
export function AnswerReward({ draw, rewardId }: { readonly draw: Draw; readonly rewardId: string }): ReactNode {
  const t = useTranslations("playground.reward");
  const formats = useFormats();
  const score = useQuery({
    queryKey: ["playground-score", rewardId, draw.id],
    queryFn: async ({ signal }) => {
      const items = [{ prompt: draw.messages.map((turn) => ({ ...turn })), answer: draw.text }];
      return (await api.scoreAnswers({ params: { id: rewardId }, body: { items, parts: true } }, { signal })).scores[0];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { text } = useProblemText(score.error);
  if (score.isError) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-xs text-warn">
        {text} <Button onClick={() => void score.refetch()}>{t("again")}</Button>
      </p>
    );
  }
  if (!score.data) return <p className="text-xs text-ink-3">{t("scoring")}</p>;
  const { normalised, score: raw, truncated } = score.data;
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm tabular-nums" data-reward={normalised}>
        <span className="font-medium">{t("normalised", { value: formats.signed(normalised, 2) })}</span>
        <span className="text-xs text-ink-3">{t("raw", { value: formats.signed(raw, 2) })}</span>
        {truncated ? <span className="text-xs text-warn">{t("truncated")}</span> : null}
      </p>
      <RewardParts score={score.data} />
    </div>
  );
}
