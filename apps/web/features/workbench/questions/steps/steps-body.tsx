"use client";
import type { StepVerdict } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { shortcutOf } from "../../../../components/keyboard/key-press.ts";
import { ReadingText } from "../../views/reading-text.tsx";
import { PickButton } from "../chosen/pick-button.tsx";
import { keyPress } from "../chosen/press-of.ts";
import type { BodyProps } from "../question-parts.ts";
import { focusStep, stepId, useStepLabels } from "./use-step-labels.ts";
import { verdictKeys } from "./verdict-keys.ts";

/** The answer as the list of its steps, each with what can be said of it. With the focus in a step a digit labels it. */
export function StepsBody(props: BodyProps): ReactNode {
  const { question, task, current, read } = props;
  const t = useTranslations("questions.steps");
  const { texts, labels, firstError, next, label } = useStepLabels(props);
  const keys = verdictKeys(firstError);
  if (texts.length === 0) return read;
  const onKeyDown = (step: number, event: KeyboardEvent): void => {
    const { key, code, isComposing, keyCode, repeat, metaKey, ctrlKey, altKey, shiftKey } = event.nativeEvent;
    const pressed = shortcutOf({
      ...{ key, code, isComposing, keyCode, repeat, metaKey, ctrlKey, altKey, shiftKey },
      inText: false,
    });
    const verdict = keys.find((one) => one.key === pressed)?.verdict;
    const away = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (verdict === undefined && away === undefined) return;
    // Handled here: neither the keys of the page nor its scrolling take it too.
    event.preventDefault();
    if (verdict !== undefined) label(step, verdict, keyPress(event.timeStamp));
    else if (away !== undefined) focusStep(question.name, Math.min(texts.length - 1, Math.max(0, step + away)));
  };
  return (
    <ol className="step-list">
      {texts.map((text, step) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a text stay as they are.
          key={step}
          id={stepId(question.name, step)}
          aria-label={t("step", { step: step + 1 })}
          // The focus goes from step to step by itself; buttons within are reached by Tab.
          tabIndex={-1}
          data-next={(current && next === step) || undefined}
          data-verdict={labels[step] ?? undefined}
          onKeyDown={(event) => onKeyDown(step, event)}
        >
          <span aria-hidden="true" className="step-number">
            {step + 1}
          </span>
          <div className="min-w-0">
            <ReadingText text={text} language={task.prompt.language} />
            <fieldset aria-label={t("step", { step: step + 1 })} className="step-verdicts">
              {keys.map(({ verdict }) => (
                <PickButton
                  key={verdict}
                  chosen={labels[step] === verdict}
                  label={t("pick", { verdict: t(nameOf(verdict)), step: step + 1 })}
                  onPick={(press) => label(step, verdict, press)}
                >
                  {t(nameOf(verdict))}
                </PickButton>
              ))}
            </fieldset>
          </div>
        </li>
      ))}
    </ol>
  );

  function nameOf(verdict: StepVerdict): "good" | "neutral" | "bad" | "right" | "firstError" {
    if (!firstError) return verdict;
    return verdict === "bad" ? "firstError" : "right";
  }
}
