import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Chip } from "../../../components/figures/chip.tsx";
import { Moment } from "../../../components/moment.tsx";
import { useSession } from "../../session/signed-in.tsx";
import { download } from "./download.ts";
import { EntryProblem } from "./entry-problem.tsx";
import { EntryWords } from "./entry-words.tsx";
import { unsentFile } from "./unsent-file.ts";
import type { Waiting } from "./waiting-of.ts";

interface WaitingEntryProps {
  readonly waiting: Waiting;
  readonly onDiscard: () => Promise<void>;
}

/** One thing that waits: of which task, what was said, since when, how often it was tried, and what is in its way. */
export function WaitingEntry({ waiting, onDiscard }: WaitingEntryProps): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const memberId = useSession().member.id;
  const [asked, setAsked] = useState(false);
  const { entry, times, error, refused, unkept } = waiting;
  const drop = (): void => void onDiscard().then(focusPanel);
  const keep = (): void => {
    setAsked(false);
    focusPanel();
  };
  return (
    <li className="grid gap-1 py-3">
      <EntryWords entry={entry} refused={refused} />
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <span>
          {t("since")} <Moment at={new Date(entry.madeAt).toISOString()} />
        </span>
        <span>{t("tries", { times })}</span>
        {refused ? <Chip state="attention">{t("refused")}</Chip> : null}
        {unkept ? <Chip state="attention">{t("unkept")}</Chip> : null}
      </p>
      {error === undefined ? null : <EntryProblem error={error} refused={refused} />}
      {asked ? (
        <div role="alert" className="grid gap-2 rounded-md bg-warn-soft p-3">
          <p>{t(entry.kind === "skip" ? "loseSkip" : "loseAnswer")}</p>
          <div className="flex flex-wrap gap-2">
            <Button variant="danger" onClick={drop}>
              {t("drop")}
            </Button>
            <Button variant="ghost" ref={(button) => button?.focus()} onClick={keep}>
              {t("keep")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="-ml-2 flex flex-wrap">
          {refused ? (
            <Button variant="ghost" className="text-xs" onClick={() => download(unsentFile([entry], memberId))}>
              {t("downloadOne")}
            </Button>
          ) : null}
          <Button variant="ghost" className="text-xs" onClick={() => setAsked(true)}>
            {t("dropAsk")}
          </Button>
        </div>
      )}
    </li>
  );
}

/** The button that had the focus is gone; Tab goes on from the sheet that it stood on. */
const focusPanel = (): void => document.querySelector<HTMLElement>("[data-panel]")?.focus({ preventScroll: true });
