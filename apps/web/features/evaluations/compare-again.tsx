"use client";
import { useMutation } from "@tanstack/react-query";
import type { EvaluationView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { ProblemNotice } from "../../components/problem-notice.tsx";

interface CompareAgainProps {
  readonly evaluation: EvaluationView;
  readonly candidateId: string;
}

/** The same two policies on all prompts of the test split. */
export function CompareAgain({ evaluation, candidateId }: CompareAgainProps): ReactNode {
  const t = useTranslations("evaluations");
  const router = useRouter();
  const { projectId, baselineId, prompts, bestOf } = evaluation;
  const again = useMutation({
    mutationFn: () =>
      api.createEvaluation({
        params: { id: projectId },
        body: {
          ...{ candidateId, baselineId, prompts: Math.min(5_000, Math.max(5, prompts.available)) },
          bestOf: bestOf && { samples: bestOf.samples, rewardId: bestOf.reward.id },
        },
      }),
    onSuccess: ({ id }) => router.push(`/evaluations/${id}`),
  });
  const sendOnce = useSendOnce();
  const send = (): void => sendOnce(() => again.mutateAsync());
  return (
    <>
      {again.isError ? <ProblemNotice error={again.error} onRetry={send} /> : null}
      <Button variant="primary" pending={again.isPending} onClick={send}>
        {t("again", { available: prompts.available })}
      </Button>
    </>
  );
}
