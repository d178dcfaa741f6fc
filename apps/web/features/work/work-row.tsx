import type { WorkItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { Due } from "./due.tsx";
import { WaitLines } from "./wait-words.tsx";

interface WorkRowProps {
  readonly item: WorkItem;
  readonly first: boolean;
}

/** How many tasks can be had; where none can and some are left, what they wait for. */
function Available({ item: { paused, waits = [], available } }: Pick<WorkRowProps, "item">): ReactNode {
  const t = useTranslations("work");
  if (waits.some((wait) => wait.for === "ended")) return <Chip state="rest">{t("ended")}</Chip>;
  if (paused) return <Chip state="rest">{t("paused")}</Chip>;
  return waits.length > 0 ? <WaitLines waits={waits} /> : <span>{t("available", { count: available })}</span>;
}

export function WorkRow({ item, first }: WorkRowProps): ReactNode {
  const t = useTranslations("work");
  const mine = item.total + item.available;
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-line py-5 md:grid-cols-[minmax(0,1fr)_auto] md:items-center">
      <div className="grid gap-1.5">
        <h2 className="text-lg leading-snug [overflow-wrap:anywhere]">{item.name}</h2>
        {item.description ? (
          <p dir="auto" className="max-w-read text-md leading-relaxed text-ink-2 [overflow-wrap:anywhere]">
            {item.description}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
          <Streak value={mine === 0 ? 0 : item.total / mine} className="w-24" />
          <Available item={item} />
          <span className="text-ink-3">{t("mine", { today: item.today, total: item.total })}</span>
          {item.dueAt ? <Due at={item.dueAt} /> : null}
        </div>
      </div>
      {item.available > 0 ? (
        <ButtonLink
          href={`/work/${item.projectId}`}
          variant={first ? "primary" : "default"}
          className="justify-self-start px-5 max-md:w-full"
        >
          {item.today > 0 ? t("continue") : t("start")}
          <span className="sr-only">{item.name}</span>
        </ButtonLink>
      ) : null}
    </li>
  );
}
