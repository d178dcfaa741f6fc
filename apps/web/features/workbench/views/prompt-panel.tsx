import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { EarlierTurns } from "./earlier-turns.tsx";
import { ReadingText } from "./reading-text.tsx";
import { TurnText } from "./turn-text.tsx";

/** How much of the window a conversation may take before the turns above its last one are folded. */
const mostOfWindow = 0.4;

/** What was asked: one turn or a conversation, and the source text where one is to be translated. One task each. */
export function PromptPanel({ prompt }: { readonly prompt: LeasedTask["prompt"] }): ReactNode {
  const t = useTranslations("workbench");
  const panel = useRef<HTMLDivElement>(null);
  const [isLong, setIsLong] = useState(false);
  const turns = prompt.messages.map((message, index) => ({ ...message, number: index + 1 }));
  const alone = turns.length === 1;
  const shown = turns.map((turn) => (
    <div key={turn.number}>
      <h2 className="workbench-label">{alone ? t("prompt") : t(`roles.${turn.role}`)}</h2>
      <TurnText turn={turn} turns={turns} language={prompt.language} />
    </div>
  ));

  // External system: the room that the text takes, measured once, so that nothing moves under somebody who reads.
  useLayoutEffect(() => {
    const height = panel.current?.getBoundingClientRect().height ?? 0;
    setIsLong(height > window.innerHeight * mostOfWindow);
  }, []);

  return (
    <div ref={panel} className="grid max-w-read content-start gap-4">
      {isLong && !alone ? (
        <EarlierTurns count={turns.length - 1}>{shown.slice(0, -1)}</EarlierTurns>
      ) : (
        shown.slice(0, -1)
      )}
      {shown.at(-1)}
      {prompt.sourceText === null ? null : (
        <div>
          <h2 className="workbench-label">{t("source")}</h2>
          <ReadingText text={prompt.sourceText} language={null} />
        </div>
      )}
    </div>
  );
}
