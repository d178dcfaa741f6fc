import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { guessLanguage } from "../workbench/text/guess-language.ts";
import { consentParts } from "./consent-parts.ts";

interface ConsentProps {
  readonly text: string;
  /** It was not given, and the form was sent. */
  readonly error: boolean;
}

/** The whole text, never behind a link, the reader's language first, and the box under it. */
export function Consent({ text, error }: ConsentProps): ReactNode {
  const t = useTranslations("join.open");
  const id = useId();
  const { locale } = useFormats();
  const { own, others } = consentParts(text, locale);
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id}>{t("consentTitle")}</h2>
      {own === "" ? <p className="text-xs text-warn">{t("consentNotYours")}</p> : <ConsentText text={own} />}
      {own !== "" && others !== "" ? <h3 className="text-xs text-ink-3">{t("consentOthers")}</h3> : null}
      {others === "" ? null : <ConsentText text={others} />}
      <Checkbox name="consent" aria-invalid={error || undefined}>
        {t("consent")}
      </Checkbox>
      {error ? (
        <p role="alert" className="flex items-baseline gap-1.5 text-xs text-warn">
          <i aria-hidden="true" className="mark" data-state="attention" />
          {t("consentMissing")}
        </p>
      ) : null}
    </section>
  );
}

function ConsentText({ text }: { readonly text: string }): ReactNode {
  return (
    <div
      dir="auto"
      lang={guessLanguage(text)}
      className="border-l-2 border-edge pl-4 text-md leading-relaxed whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]"
    >
      {text}
    </div>
  );
}
