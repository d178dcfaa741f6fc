import type { ScoreView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

/** How much of a score comes from which part of the model; together they are the score. */
export function RewardParts({ score: { score, parts, members } }: { readonly score: Score }): ReactNode {
  const t = useTranslations("playground.reward.made");
  const formats = useFormats();
  const said = members?.map((value) => formats.signed(value, 2));
  return (
    <details className="text-xs text-ink-2">
      <summary className="cursor-pointer text-ink-3">{t("title")}</summary>
      <div className="grid gap-1 pt-1">
        {parts ? (
          <>
            <dl className="grid tabular-nums">
              {parts.map(({ part, value }) => (
                <div key={part} className="flex justify-between gap-4 border-b border-line py-0.5" data-part={part}>
                  <dt>{t(`names.${part}`)}</dt>
                  <dd>{formats.signed(value, 3)}</dd>
                </div>
              ))}
            </dl>
            <p className="tabular-nums">{t("sum", { value: formats.signed(score, 3) })}</p>
            <p className="text-ink-3">{t("constant")}</p>
          </>
        ) : (
          <p>{t("oneNetwork")}</p>
        )}
        {said ? <p className="tabular-nums">{t("members", { values: formats.list(said) })}</p> : null}
      </div>
    </details>
  );
}

type Score = ScoreView["scores"][number];
