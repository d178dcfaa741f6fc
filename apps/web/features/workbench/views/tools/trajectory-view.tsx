"use client";
import { type TrajectoryStep, trajectoryIn } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { WrittenText } from "../written-text.tsx";
import { FoldedCode } from "./folded-code.tsx";
import { prettyJson } from "./pretty-json.ts";

interface TrajectoryViewProps {
  readonly text: string;
  readonly lang: string;
  /** Sets what was said in a step. */
  readonly read: (text: string) => ReactNode;
}

/** What an agent did, step by step: up and down go from one to the next, and Enter folds the one with the focus. */
export function TrajectoryView({ text, lang, read }: TrajectoryViewProps): ReactNode {
  const t = useTranslations("workbench.tools");
  const trajectory = useMemo(() => trajectoryIn(text), [text]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  if (trajectory === null) return <WrittenText text={text} lang={lang} />;
  const { steps } = trajectory;
  const toggle = (step: number): void => {
    const next = new Set(folded);
    if (!next.delete(step)) next.add(step);
    setFolded(next);
  };
  const onKeyDown = (step: number, event: KeyboardEvent<HTMLLIElement>): void => {
    const { key, target, currentTarget, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (target !== currentTarget || altKey || ctrlKey || metaKey || shiftKey) return;
    if (key === "Enter") toggle(step);
    else if (key === "ArrowDown") focusOn(currentTarget.nextElementSibling);
    else if (key === "ArrowUp") focusOn(currentTarget.previousElementSibling);
    else return;
    // Handled here: neither the keys of the page nor its scrolling take it too.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="grid gap-2">
      <p className="text-xs text-ink-3">{t("hint", { count: steps.length })}</p>
      <ol aria-label={t("steps", { count: steps.length })} className="grid gap-2">
        {steps.map((step, index) => (
          <li
            key={step.step_id}
            tabIndex={index === 0 ? 0 : -1}
            aria-label={t("stepOf", { step: step.step_id, source: t(step.source) })}
            onKeyDown={(event) => onKeyDown(index, event)}
            className="grid min-w-0 scroll-my-16 gap-2 rounded-md border-s-3 border-line bg-surface p-2.5 data-[source=agent]:border-accent"
            data-source={step.source}
          >
            <button
              type="button"
              tabIndex={-1}
              aria-expanded={!folded.has(index)}
              onClick={() => toggle(index)}
              className="min-h-6 text-start text-xs text-ink-2 max-md:min-h-(--control-touch)"
            >
              <span className="font-medium text-ink">{t(step.source)}</span> {t("step", { step: step.step_id })}
            </button>
            {folded.has(index) ? null : <StepInFull step={step} read={read} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}

function StepInFull({ step, read }: { readonly step: TrajectoryStep } & Pick<TrajectoryViewProps, "read">): ReactNode {
  const t = useTranslations("workbench.tools");
  const { message, reasoning_content, tool_calls = [], observation } = step;
  const names = new Map(tool_calls.map((call) => [call.tool_call_id, call.function_name]));
  return (
    <>
      {reasoning_content ? <FoldedCode title={t("reasoning")} text={reasoning_content} /> : null}
      {message === "" ? null : read(message)}
      {tool_calls.map((call) => (
        <FoldedCode
          key={call.tool_call_id}
          title={t("calls", { name: call.function_name })}
          text={prettyJson(call.arguments)}
        />
      ))}
      {observation?.results.map(({ source_call_id, content }, place) => {
        const name = names.get(source_call_id ?? "");
        return (
          <FoldedCode
            // biome-ignore lint/suspicious/noArrayIndexKey: the results of a step stay as they are.
            key={place}
            title={name ? t("resultOf", { name }) : t("result")}
            text={prettyJson(content)}
          />
        );
      })}
    </>
  );
}
