"use client";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { keyedBy } from "../../components/keyed-by.ts";
import { TextLink } from "../../components/text-link.tsx";
import { letterOf } from "../workbench/text/letter-of.ts";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { ShownMedia } from "../workbench/views/shown-media.tsx";
import { TurnText } from "../workbench/views/turn-text.tsx";

interface TaskAsShownProps {
  readonly task: Pick<JudgementView, "prompt" | "completions" | "shownOrder">;
}

/** What somebody had on the desk: the prompt, and its answers where they stood. */
export function TaskAsShown({ task }: TaskAsShownProps): ReactNode {
  const t = useTranslations("judgements");
  const ofDesk = useTranslations("workbench");
  const turns = task.prompt.messages;
  return (
    <>
      <section aria-label={t("columns.prompt")} className="grid max-w-read gap-3">
        {keyedBy(turns, ({ role, content }) => `${role} ${content}`).map(({ key, item }) => (
          <div key={key}>
            {turns.length > 1 ? <h2 className="workbench-label">{ofDesk(`roles.${item.role}`)}</h2> : null}
            <TurnText turn={item} turns={turns} language={null} />
          </div>
        ))}
      </section>
      <AnswersAsShown task={task} />
    </>
  );
}

/** Side by side under the letters they were judged by; a single answer has no letter, since nothing stood beside it. */
function AnswersAsShown({ task }: TaskAsShownProps): ReactNode {
  const t = useTranslations("judgements");
  const shown = task.shownOrder.flatMap((index) => task.completions[index] ?? []);
  if (shown.length === 0) return null;
  return (
    <div className="grid gap-6 border-t border-line pt-6 md:grid-cols-2">
      {shown.map((completion, place) => {
        const letter = shown.length > 1 ? letterOf(place) : null;
        return (
          <section
            key={completion.id}
            aria-label={letter ? t("side", { side: letter }) : t("single")}
            className="grid content-start gap-2"
          >
            <h2>{letter ?? t("single")}</h2>
            {completion.text === null && !completion.media ? <p className="text-ink-3">{t("noText")}</p> : null}
            {completion.text === null ? null : <ReadingText text={completion.text} language={null} />}
            <ShownMedia media={completion.media} />
            {completion.modelVersionId ? (
              <TextLink href={`/models/${completion.modelVersionId}`}>{t("fromModel")}</TextLink>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}
