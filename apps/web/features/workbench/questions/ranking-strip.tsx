"use client";
import { useTranslations } from "next-intl";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { flushSync } from "react-dom";
import { letterOf } from "../text/letter-of.ts";
import { draftWith, isSorted, sortOf, stateOf } from "./buckets.ts";
import { focusCard } from "./card-focus.ts";
import { type DropTarget, dropTarget } from "./drop-target.ts";
import type { ControlProps } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { RankingStatus } from "./ranking-status.tsx";
import { groupsOf, type Landing, moved, ranksOf, step, tappedRank, tiesNext } from "./ranks.ts";
import { SortLine } from "./sort-line.tsx";
import { StripGroup } from "./strip-group.tsx";
import { useLetterDrag } from "./use-letter-drag.ts";
import { useRankingKeys } from "./use-ranking-keys.ts";
import { useSaid } from "./use-said.ts";
import { useSortKeys } from "./use-sort-keys.ts";

/**
 * The order so far, in a strip that stays in sight while the cards keep their places. In it answers are dragged, by
 * pointer or finger, or moved by the arrow keys. Many are sorted into buckets first, as far as somebody wants to.
 */
export function RankingStrip(props: ControlProps): ReactNode {
  const { question, task, draft, onDraft } = props;
  const t = useTranslations("questions");
  const ranks = ranksOf(draft, task.completions.length);
  const order = groupsOf(ranks);
  const ties = question.settings.ties !== false;
  const sort = sortOf(draft, task.completions.length);
  const sorted = isSorted(task.completions.length);
  const { said, say } = useSaid(stateOf(ranks, sort));
  useRankingKeys(props, say);
  const put = useSortKeys(props, { ranks, sort, sorted });

  const move = (place: number, landing: Landing): void => {
    const next = moved(ranks, place, landing);
    if (String(next) === String(ranks)) return;
    onDraft(draftWith(draft, next));
    const groups = groupsOf(next);
    const position = groups.findIndex((group) => group.includes(place)) + 1;
    say(t("ranking.moved", { name: letterOf(place), position, count: groups.length }), stateOf(next, sort));
  };
  const drop = (place: number, target: DropTarget): void => {
    if (target.kind === "order") move(place, target.landing);
    else onDraft({ ranks: ranks.with(place, null), sort: sort.with(place, target.bucket) });
  };
  const whole = useRef<HTMLElement>(null);
  const { drag, handlers, endsDrag } = useLetterDrag<DropTarget>(
    (place, point) => dropTarget(whole.current, place, point, ties),
    drop,
  );
  const press = (place: number, click: MouseEvent): void => (endsDrag(click) ? undefined : focusCard(place));
  const landing = drag?.landing?.kind === "order" ? drag.landing.landing : null;
  const others = order.filter((group) => String(group) !== String(drag?.place));
  const last = order.at(-1);
  return (
    <section
      ref={whole}
      tabIndex={-1}
      data-question={question.name}
      aria-label={questionWords(question, (kind) => t(`kinds.${kind}`))}
      className="outline-none"
    >
      <h2 dir="auto" className="scale-question font-medium">
        {questionWords(question, (kind) => t(`kinds.${kind}`))}
      </h2>
      {sorted ? (
        <SortLine ranks={ranks} sort={sort} drag={drag} handlers={handlers} onPut={put} onPress={press} />
      ) : null}
      <div className="ranking-line" data-landing={(landing && order.length === 0) || undefined}>
        <ol className="ranking-strip" aria-label={t("ranking.strip")}>
          {order.map((group, position) => (
            <StripGroup
              key={group.join()}
              group={group}
              position={position + 1}
              drag={drag}
              landing={landing && landingAt(others, group, landing)}
              handlers={handlers}
              onPress={press}
              onStep={(place, by) => {
                // At once, so that the focus can stay on the answer that moves.
                flushSync(() => move(place, step(ranks, place, by)));
                whole.current?.querySelector<HTMLElement>(`.ranking-strip [data-place="${place}"]`)?.focus();
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
            onClick={() => onDraft({ ...draftWith(draft, ranks), tieNext: !tiesNext(draft) })}
          >
            <span aria-hidden="true">=</span> {t("ranking.tie")}
          </button>
        ) : null}
        <RankingStatus
          ranks={ranks}
          sort={sorted ? sort : null}
          tapped={tappedRank(draft, ranks)}
          current={props.current}
          said={said}
        />
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
