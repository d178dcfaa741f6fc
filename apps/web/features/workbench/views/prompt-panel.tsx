import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ReadingText } from "./reading-text.tsx";

/** What was asked: one turn or a conversation, and the source text where one is to be translated. */
export function PromptPanel({ prompt }: { readonly prompt: LeasedTask["prompt"] }): ReactNode {
  const t = useTranslations("workbench");
  const turns = prompt.messages.map((message, index) => ({ ...message, number: index + 1 }));
  const alone = turns.length === 1;
  return (
    <div className="grid max-w-read content-start gap-4">
      {turns.map((turn) => (
        <div key={turn.number}>
          <h2 className="workbench-label">{alone ? t("prompt") : t(`roles.${turn.role}`)}</h2>
          <ReadingText text={turn.content} language={prompt.language} />
        </div>
      ))}
      {prompt.sourceText === null ? null : (
        <div>
          <h2 className="workbench-label">{t("source")}</h2>
          <ReadingText text={prompt.sourceText} language={null} />
        </div>
      )}
    </div>
  );
}
