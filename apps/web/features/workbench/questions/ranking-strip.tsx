"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { letterOf } from "../text/letter-of.ts";
import { focusCard } from "./card-focus.ts";
import type { ControlProps } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { RankingStatus } from "./ranking-status.tsx";
import { groupsOf, type Landing, moved, ranksOf, step, tappedRank, tiesNext } from "./ranks.ts";
import { StripGroup } from "./strip-group.tsx";
import { useRankingKeys } from "./use-ranking-keys.ts";
import { useSaid } from "./use-said.ts";
import { useStripDrag } from "./use-strip-drag.ts";

/**
 * The order so far, in a strip that stays in sight while the cards keep their places. In it answers are dragged, by
 * pointer or finger, or moved by the arrow keys.
 */
export function RankingStrip(props: ControlProps): ReactNode {
  const { question, task, draft, onDraft } = props;
  const t = useTranslations("questions");
  const ranks = ranksOf(draft, task.completions.length);
  const order = groupsOf(ranks);
  const ties = question.settings.ties !== false;
  const { said, say } = useSaid(String(ranks));
  useRankingKeys(props, say);

  const move = (place: number, landing: Landing): void => {
    const next = moved(ranks, place, landing);
    if (String(next) === String(ranks)) return;
    onDraft({ ranks: next });
    const groups = groupsOf(next);
    const position = groups.findIndex((group) => group.includes(place)) + 1;
    say(t("ranking.moved", { name: letterOf(place), position, count: groups.length }), String(next));
  };
  const { strip, drag, handlers, endsDrag } = useStripDrag(ties, move);
  const others = order.filter((group) => String(group) !== String(drag?.place));
  const last = order.at(-1);
  return (
    <section
      tabIndex={-1}
      data-question={question.name}
      aria-label={questionWords(question, (kind) => t(`kinds.${kind}`))}
      className="outline-none"
    >
      <h2 dir="auto" className="scale-question font-medium">
        {questionWords(question, (kind) => t(`kinds.${kind}`))}
      </h2>
      <div className="ranking-line">
        <ol ref={strip} className="ranking-strip" aria-label={t("ranking.strip")}>
          {order.map((group, position) => (
            <StripGroup
              key={group.join()}
              group={group}
              position={position + 1}
              drag={drag}
              landing={drag && landingAt(others, group, drag.landing)}
              handlers={handlers}
              onPress={(place, click) => (endsDrag(click) ? undefined : focusCard(place))}
              onStep={(place, by) => {
                // At once, so that the focus can stay on the answer that moves.
                flushSync(() => move(place, step(ranks, place, by)));
                strip.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
              }}
            />
          ))}
        </ol>
        {ties && last && ranks.includes(null) ? (
          <button
            type="button"
            className="tie-next"
            aria-pressed={tiesNext(draft)}
            aria-label={t("ranking.tieNext", { names: last.map(letterOf).join(", ") })}
            onClick={() => onDraft({ ranks, tieNext: !tiesNext(draft) })}
          >
            <span aria-hidden="true">=</span> {t("ranking.tie")}
          </button>
        ) : null}
        <RankingStatus ranks={ranks} tapped={tappedRank(draft, ranks)} current={props.current} said={said} />
      </div>
    </section>
  );
}

/** How a group shows that what is dragged would land at it. */
function landingAt(
  others: readonly (readonly number[])[],
  group: readonly number[],
  { to, tie }: Landing,
): "tie" | "before" | "after" | null {
  const index = others.indexOf(group);
  if (index === to) return tie ? "tie" : "before";
  return to === others.length && index === to - 1 ? "after" : null;
}
