import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import { guessLanguage } from "../text/guess-language.ts";
import { EmphasisedWords } from "./emphasised-words.tsx";

interface GuidelineRuleProps {
  readonly version: number;
  /** Its first sentences; undefined while it is on its way, empty where there is none. */
  readonly rule: string | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Beside the prompt: the guideline's first sentences, and the way to the rest. */
export function GuidelineRule({ version, rule, open, onToggle }: GuidelineRuleProps): ReactNode {
  const t = useTranslations("workbench");
  return (
    <aside className="workbench-rule">
      <h2 className="workbench-label">{t("guideline", { version })}</h2>
      <p dir="auto" lang={rule ? guessLanguage(rule) : undefined} className="whitespace-pre-line max-md:hidden">
        {rule === "" ? t("noGuideline") : <EmphasisedWords text={rule ?? ""} />}
      </p>
      {rule ? (
        <button
          type="button"
          aria-expanded={open}
          aria-keyshortcuts="g"
          onClick={onToggle}
          className="mt-1 inline-flex min-h-6 items-center gap-1.5 text-accent underline-offset-3 hover:underline max-md:mt-0 max-md:min-h-(--control-touch)"
        >
          {open ? t("closeGuideline") : t("openGuideline")} <KeyHint value="g" />
        </button>
      ) : null}
    </aside>
  );
}
