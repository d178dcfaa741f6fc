import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { ChatBubble } from "../chat/chat-bubble.tsx";
import { AnswerCard } from "./answer-card.tsx";
import type { Talk, Turn } from "./talk.ts";
import type { TalkStore } from "./talk-store.ts";

interface TalkTurnProps {
  readonly store: TalkStore;
  readonly talk: Talk;
  readonly turn: Turn;
  readonly rewardId: string | null;
  readonly nameOf: (modelId: string) => string;
}

/** So many columns stand beside each other, where there is room. */
const widths = ["", "", "lg:grid-cols-2", "lg:grid-cols-3", "lg:grid-cols-2 xl:grid-cols-4"] as const;

/** What was said, and below it all answers: beside each other where there is room, else below each other. */
export function TalkTurn({ store, talk, turn, rewardId, nameOf }: TalkTurnProps): ReactNode {
  const t = useTranslations("playground");
  return (
    <section aria-label={t("turn", { number: talk.turns.indexOf(turn) + 1 })} className="grid gap-3">
      <ChatBubble own label={t("you")} text={turn.text} />
      <div className={classNames("grid items-start gap-3", widths[talk.columns.length])}>
        {talk.columns.map((column) => (
          <AnswerCard key={column.key} {...{ store, talk, turn, column, rewardId }} name={nameOf(column.modelId)} />
        ))}
      </div>
    </section>
  );
}
