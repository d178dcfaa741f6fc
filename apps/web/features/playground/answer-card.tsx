import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { ChatBubble } from "../chat/chat-bubble.tsx";
import { AnswerReward } from "./answer-reward.tsx";
import { AnswerState } from "./answer-state.tsx";
import { type Column, drawInSight, type Talk, type Turn } from "./talk.ts";
import type { TalkStore } from "./talk-store.ts";

interface AnswerCardProps {
  readonly store: TalkStore;
  readonly talk: Talk;
  readonly turn: Turn;
  readonly column: Column;
  readonly name: string;
  readonly rewardId: string | null;
}

/** What a column says to a turn, and what can be done with it. */
export function AnswerCard({ store, talk, turn, column, name, rewardId }: AnswerCardProps): ReactNode {
  const t = useTranslations("playground.answer");
  const draws = turn.draws[column.key] ?? [];
  const draw = drawInSight(turn, column.key);
  const isLast = turn.id === talk.turns.at(-1)?.id;
  if (!draw) {
    return (
      <ChatBubble label={name} text="" waiting={t("none")}>
        <Button className="justify-self-start" onClick={() => void store.catchUp(column.key)}>
          {t("catchUp")}
        </Button>
      </ChatBubble>
    );
  }
  const growing = draw.state === "growing";
  const at = draws.indexOf(draw);
  const step = (by: number): void => store.show(turn.id, column.key, at + by);
  return (
    <ChatBubble label={name} text={draw.text} growing={growing} waiting={growing ? t("waiting") : undefined}>
      {growing ? null : <AnswerState draw={draw} />}
      {draw.state === "whole" && rewardId !== null ? <AnswerReward draw={draw} rewardId={rewardId} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        {growing ? <Button onClick={() => store.stop(column.key)}>{t("stop")}</Button> : null}
        {!growing && isLast ? <Button onClick={() => store.again(column.key)}>{t("again")}</Button> : null}
        {draws.length > 1 ? (
          <span className="flex items-center gap-1 text-xs text-ink-2 tabular-nums">
            <Button variant="ghost" aria-label={t("former")} disabled={at === 0} onClick={() => step(-1)}>
              ‹
            </Button>
            {t("draw", { number: at + 1, count: draws.length })}
            <Button variant="ghost" aria-label={t("next")} disabled={at === draws.length - 1} onClick={() => step(1)}>
              ›
            </Button>
          </span>
        ) : null}
        {talk.settings.together && talk.columns.length > 1 && !growing && draw.text !== "" ? (
          <Toggle pressed={turn.picked === column.key} onPress={() => store.pick(turn.id, column.key)}>
            {t("pick")}
          </Toggle>
        ) : null}
        {draw.state === "whole" ? (
          <Toggle pressed={talk.marked.includes(draw.id)} onPress={() => store.mark(draw.id)}>
            {t("mark")}
          </Toggle>
        ) : null}
      </div>
    </ChatBubble>
  );
}

interface ToggleProps {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Toggle({ pressed, onPress, children }: ToggleProps): ReactNode {
  return (
    <Button aria-pressed={pressed} className="aria-pressed:border-accent aria-pressed:bg-accent-soft" onClick={onPress}>
      {children}
    </Button>
  );
}
