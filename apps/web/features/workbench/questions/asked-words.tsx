"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "../../../components/class-names.ts";
import type { ControlProps } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";

interface AskedWordsProps extends Pick<ControlProps, "question" | "task"> {
  readonly children: ReactNode;
}

/**
 * A question that is answered in the answers or under the thumbs, by its name. To the eye it is named where its author has
 * words for it: what the next press says is enough otherwise. On a phone the line of what is still wanted names it among
 * several.
 */
export function AskedWords({ question, task, children }: AskedWordsProps): ReactNode {
  const t = useTranslations("questions");
  const words = questionWords(question, (kind) => t(`kinds.${kind}`));
  return (
    <section aria-label={words} className="min-w-0">
      {question.title === "" ? null : (
        <h2 dir="auto" className={classNames("mb-0.5 font-medium", task.questions.length > 1 && "max-md:hidden")}>
          {words}
        </h2>
      )}
      {children}
    </section>
  );
}
