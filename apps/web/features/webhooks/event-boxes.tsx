"use client";
import { WebhookEvent } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { FaultText } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";

interface EventBoxesProps {
  readonly chosen: readonly WebhookEvent[];
  readonly error: FieldError | undefined;
}

/** Which events an address is told of; a form finds them as `events`. */
export function EventBoxes({ chosen, error }: EventBoxesProps): ReactNode {
  const t = useTranslations("webhooks");
  return (
    <fieldset className="grid">
      <legend className="font-medium">{t("events")}</legend>
      {WebhookEvent.options.map((event) => (
        <Checkbox key={event} name="events" value={event} defaultChecked={chosen.includes(event)}>
          {t(`kinds.${keyOf(event)}`)}
        </Checkbox>
      ))}
      <FaultText error={error} />
    </fieldset>
  );
}

/** A message's name has no dot of its own. */
export function keyOf(event: WebhookEvent) {
  const keys = {
    "judgement.created": "judgement",
    "batch.full": "batch",
    "label_set.created": "labelSet",
    "run.ended": "run",
    "model.promoted": "model",
  } as const;
  return keys[event];
}
