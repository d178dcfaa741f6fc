import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { guessLanguage } from "../text/guess-language.ts";

interface ScaleHeadProps {
  readonly question: string;
  readonly pair: boolean;
}

/** What is asked, above the scale that answers it. Where its parts have no room for their words, its ends say them. */
export function ScaleHead({ question, pair }: ScaleHeadProps): ReactNode {
  return (
    <>
      {/* The scale itself has this as its name. */}
      <p
        aria-hidden="true"
        dir="auto"
        lang={guessLanguage(question)}
        className="scale-question mb-1.5 font-medium max-md:mb-0.5"
      >
        {question}
      </p>
      {pair ? <ScaleEnds /> : null}
    </>
  );
}

/** What the two ends of a scale between two answers say. */
export function ScaleEnds(): ReactNode {
  const t = useTranslations("workbench");
  return (
    <div aria-hidden="true" className="mb-1 flex justify-between px-0.5 text-xs text-ink-2 lg:hidden">
      <span>{t("leftMuchBetter")}</span>
      <span>{t("rightMuchBetter")}</span>
    </div>
  );
}
