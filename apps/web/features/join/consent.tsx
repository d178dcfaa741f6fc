import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";

interface ConsentProps {
  readonly text: string;
  /** It was not given, and the form was sent. */
  readonly error: boolean;
}

/** The whole text, never behind a link, and the box under it. */
export function Consent({ text, error }: ConsentProps): ReactNode {
  const t = useTranslations("join.open");
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id}>{t("consentTitle")}</h2>
      <div
        dir="auto"
        className="border-l-2 border-edge pl-4 text-md leading-relaxed whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]"
      >
        {text}
      </div>
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
