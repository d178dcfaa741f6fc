"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Entrance } from "../session/entrance.tsx";
import { AboutProject } from "./about-project.tsx";
import { Consent } from "./consent.tsx";
import type { JoinOffer } from "./join-query.ts";
import { leadOf, titleOf } from "./join-words.tsx";
import type { useJoining } from "./use-joining.ts";

interface OfferFormProps {
  readonly offer: JoinOffer;
  readonly form: ReturnType<typeof useJoining>;
  /** What refused the whole; null where a field says it. */
  readonly problem: unknown;
  readonly values: (form: FormData) => unknown;
  /** What is asked beside the consent. */
  readonly children: ReactNode;
  /** Another way, beside the one button. */
  readonly otherWay?: ReactNode;
  /** Below the form. */
  readonly below?: ReactNode;
}

/** What a link offers, the consent that it wants, and the button that takes it. */
export function OfferForm(props: OfferFormProps): ReactNode {
  const { offer, form, problem, values, children, otherWay, below } = props;
  const t = useTranslations("join");
  return (
    <Entrance product={offer.workspace} title={titleOf(offer, t)} lead={leadOf(offer, t)}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(values(new FormData(event.currentTarget)));
        }}
      >
        <AboutProject offer={offer} />
        {offer.consent ? <Consent text={offer.consent} error={form.errors.consent !== undefined} /> : null}
        {children}
        <FormProblem problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={form.pending} className="px-5">
            {t(`${offer.kind}.submit`)}
          </Button>
          {otherWay}
        </div>
      </form>
      {below}
    </Entrance>
  );
}
