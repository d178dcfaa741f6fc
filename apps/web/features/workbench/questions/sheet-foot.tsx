"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import type { DeskSession } from "../state/desk-session.ts";
import type { WorkbenchSnapshot } from "../state/work-board.ts";
import { singlePress } from "../views/single-press.ts";
import { questionWords } from "./question-words.ts";
import { useSheet } from "./use-sheet.ts";

interface SheetFootProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: DeskSession;
}

/** Under the thumbs where answers are put together: what is still wanted, and the one press that sends them. */
export function SheetFoot({ task, snapshot, session }: SheetFootProps): ReactNode {
  const t = useTranslations("questions");
  const { asked, propsOf, partsOf, bodies, body, lacking, tooEarly, submit } = useSheet(
    task,
    session,
    snapshot.answers,
  );
  // Of questions that are answered in the answers, only the one that they are shown for has its keys here.
  const here = asked.filter((question) => question === body || !bodies.includes(question));
  const byKey = (at: number): void => submit({ at, input: "keyboard" });
  useKeys([
    { key: "Enter", label: t("submit"), run: byKey },
    { key: "mod+Enter", run: byKey },
  ]);
  const wanted = lacking ? t("wanted", { question: questionWords(lacking, (kind) => t(`kinds.${kind}`)) }) : t("whole");
  // Of one question the words stand above it already.
  const alone = task.questions.length === 1;
  const quiet = alone && lacking !== undefined && !tooEarly;
  return (
    <div className="sheet-foot" data-alone={alone || undefined}>
      {here.map((question) => {
        const parts = partsOf(question);
        return parts.form === "parts" && parts.place === "foot" ? (
          <parts.Control key={`${task.lease.id} ${question.name}`} {...propsOf(question)} />
        ) : null;
      })}
      <div className="sheet-submit" data-lacking={quiet || undefined}>
        <p role="status" className={tooEarly ? "text-warn" : "text-ink-2"}>
          {quiet ? null : wanted}
        </p>
        <Button
          variant="primary"
          className="ml-auto aria-disabled:opacity-55"
          shortcut="Enter"
          aria-disabled={snapshot.sleep !== null || lacking !== undefined || undefined}
          onClick={(event) => submit(singlePress(event.nativeEvent))}
        >
          {t("submit")}
        </Button>
      </div>
    </div>
  );
}
