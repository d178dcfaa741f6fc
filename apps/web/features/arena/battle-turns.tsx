import type { ArenaBattleView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChatBubble } from "../chat/chat-bubble.tsx";
import type { Answers } from "./use-answers.ts";

interface BattleTurnsProps {
  readonly battle: ArenaBattleView;
  /** Of the last turn, as far as they are written. */
  readonly answers: Pick<Answers, "a" | "b" | "problem">;
}

/** What was said, and both answers to it side by side; on a phone one below the other. */
export function BattleTurns({ battle, answers }: BattleTurnsProps): ReactNode {
  const t = useTranslations("arena");
  return (
    <ol className="grid gap-5" aria-label={t("conversation")}>
      {battle.turns.map(({ number, text, answers: whole }) => (
        <li key={number} className="grid gap-3">
          <ChatBubble label={t("you")} text={text} own />
          <div className="grid items-start gap-3 md:grid-cols-2">
            {(["a", "b"] as const).map((side) => (
              <ChatBubble
                key={side}
                label={t(`sides.${side}`)}
                text={whole ? whole[side] : answers[side]}
                growing={whole === null && !answers.problem}
                waiting={whole ? t("nothing") : t(answers.problem ? "none" : "writing")}
              />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
