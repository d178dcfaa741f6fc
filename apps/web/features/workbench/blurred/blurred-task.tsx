"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, use, useEffect, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { useSession } from "../../session/signed-in.tsx";
import { localStore } from "../local-store.ts";
import { blurFor } from "../state/blur.ts";
import { deskId, focusDesk } from "../state/focus-desk.ts";
import { screenOf } from "../state/wake-keeper.ts";
import type { WorkbenchSnapshot } from "../state/work-board.ts";
import type { WorkbenchSession } from "../state/workbench-session.ts";
import { usePainted } from "../use-task-on-screen.ts";
import { LastChoice } from "../views/last-choice.tsx";
import { type Press, singlePress } from "../views/single-press.ts";
import { BlurredLines } from "./blurred-lines.tsx";
import { Unblurring } from "./unblurring.ts";

interface BlurredTaskProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
}

/** Keys by which some question or other is answered: pressed here, they are told what comes first. */
const answering = [..."0123456789abcde", "Enter"];

/**
 * A task that may be hard to look at, before the person has said that they will. Nothing of it is on the page, so that no
 * screen reader, search or selection finds it and no sound plays; what is drawn is as long as the texts and says nothing.
 */
export function BlurredTask({ task, snapshot, session }: BlurredTaskProps): ReactNode {
  const t = useTranslations("workbench");
  const memberId = useSession().member.id;
  const unblur = use(Unblurring);
  const [told, setTold] = useState(false);
  const { work, outbox, sleep } = snapshot;
  usePainted(session, screenOf(task, true));
  // External system: the focus, which the task before may have taken with it, and the window's place.
  useEffect(() => {
    focusDesk();
    window.scrollTo({ top: 0, behavior: "instant" });
  }, []);
  const reveal = (at: number): void => session.reveal(at);
  const skip = (at: number): void => void session.skip(at);
  const undo = (at: number): void => void session.undo(at);
  const by = (act: (at: number) => void, press: Press | undefined): void => {
    if (press) act(press.at);
    else session.ignoreDoubleClick();
  };
  const always = (at: number): void => {
    if (!session.counts(at)) return;
    if (unblur) unblur();
    else blurFor(localStore, memberId, false);
    session.look();
  };
  useKeys([
    ...answering.map((key) => ({ key, run: () => setTold(true) })),
    { key: "r", label: t("blurred.reveal"), run: reveal },
    { key: "s", label: t("skipTask"), run: skip },
    ...(work.last ? [{ key: "z", label: t("undo"), run: undo }] : []),
  ]);
  const asleep = sleep !== null || undefined;
  return (
    <>
      <main id={deskId} tabIndex={-1} className="workbench-page flex flex-col gap-8 py-8 outline-none">
        <section
          aria-labelledby="blurred"
          className="grid max-w-read gap-3 rounded-lg border border-line bg-surface p-5"
        >
          <h2 id="blurred" className="text-lg">
            {t("blurred.title")}
          </h2>
          <p className="text-ink-2">{t("blurred.body")}</p>
          <div className="flex flex-wrap items-center gap-2">
            <Button
              variant="primary"
              shortcut="r"
              aria-disabled={asleep}
              onClick={(event) => by(reveal, singlePress(event.nativeEvent))}
            >
              {t("blurred.reveal")}
            </Button>
            <Button shortcut="s" aria-disabled={asleep} onClick={(event) => by(skip, singlePress(event.nativeEvent))}>
              {t("skipTask")}
            </Button>
            <Button
              variant="ghost"
              aria-disabled={asleep}
              onClick={(event) => by(always, singlePress(event.nativeEvent))}
            >
              {t("blurred.always")}
            </Button>
          </div>
          <p role="status" className="min-h-5 text-xs text-warn">
            {told ? t("blurred.first") : null}
          </p>
        </section>
        <BlurredLines task={task} />
      </main>
      <footer className="workbench-foot" data-asleep={sleep ?? undefined}>
        <div className="workbench-page">
          <div className="workbench-more">
            <Suspense>
              <LastChoice
                work={work}
                outbox={outbox}
                onDiscard={() => session.discardRefused()}
                onReason={(reason) => void session.explainSkip(reason)}
              />
            </Suspense>
            {work.last ? (
              <Button
                variant="ghost"
                shortcut="z"
                className="text-xs"
                aria-disabled={sleep === "moment" || undefined}
                onClick={(event) => by(undo, singlePress(event.nativeEvent))}
              >
                {t("undo")}
              </Button>
            ) : null}
          </div>
        </div>
      </footer>
    </>
  );
}
