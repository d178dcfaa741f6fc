"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { keyPress } from "../chosen/press-of.ts";
import type { ControlProps } from "../question-parts.ts";
import { useStepLabels } from "./use-step-labels.ts";
import { verdictKeys } from "./verdict-keys.ts";

/** Below the steps: how far they are labelled. A digit labels the first step of which nothing is said. */
export function StepsControl(props: ControlProps): ReactNode {
  const t = useTranslations("questions.steps");
  const { labels, texts, firstError, next, label } = useStepLabels(props);
  useKeys(
    props.current
      ? verdictKeys(firstError).map(({ key, verdict }) => ({
          key,
          label: t(firstError ? `errorKeys.${verdict === "bad" ? "bad" : "good"}` : `keys.${verdict}`),
          run: (at: number) => {
            if (next !== null) label(next, verdict, keyPress(at));
          },
        }))
      : [],
  );
  if (texts.length === 0) return <p className="text-sm text-warn">{t("none")}</p>;
  const done = labels.filter((verdict) => verdict !== null).length;
  return (
    <p role="status" className="text-xs text-ink-3">
      {t(firstError ? "howFirstError" : "how", { done, count: texts.length })}
      {firstError ? null : <span className="no-touch"> {t("howKeys")}</span>}
    </p>
  );
}
