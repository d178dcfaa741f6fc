"use client";
import { useQuery } from "@tanstack/react-query";
import type { ArenaView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ChatField } from "../chat/chat-field.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { arenaQuery } from "./arena-queries.ts";
import { BattleTurns } from "./battle-turns.tsx";
import { EndBattle } from "./end-battle.tsx";
import { Reveal } from "./reveal.tsx";
import { useAnswers } from "./use-answers.ts";
import { useBattle } from "./use-battle.ts";
import { VoteBar } from "./vote-bar.tsx";

/** Where an annotator writes prompts, and two policies answer blind. */
export function ArenaPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("arena");
  const arena = useQuery(arenaQuery(projectId));
  const crumbs = [
    { label: t("work"), href: "/work" },
    { label: arena.data?.name ?? t("title"), href: `/arena/${projectId}` },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <QueryView query={arena}>{(view) => <Arena view={view} />}</QueryView>
    </WorkspaceFrame>
  );
}

function Arena({ view }: { readonly view: ArenaView }): ReactNode {
  const t = useTranslations("arena");
  const acts = useBattle(view);
  const { battle, act, put, leave, pending, problem } = acts;
  const answers = useAnswers(battle, put);
  const [text, setText] = useState("");
  // One key a prompt: whatever is sent again, by an impatient finger or after a lost answer, begins one battle.
  const [key, setKey] = useState(newKey);
  const field = useRef<HTMLTextAreaElement>(null);
  const open = battle?.state === "open";
  const last = battle?.turns.at(-1);
  const isWhole = last?.answers != null;
  const maySay = battle === null || (open && isWhole && battle.turns.length < battle.mostTurns);

  // The keys of the vote are letters, which a field takes for itself.
  useKeys([{ key: "Escape", run: () => field.current?.blur() }]);

  const say = (): void => {
    if (!maySay || pending || text.trim() === "") return;
    act({ kind: "say", text, key }, () => {
      setText("");
      setKey(newKey());
    });
  };
  const again = (): void => {
    leave();
    setKey(newKey());
    field.current?.focus();
  };

  return (
    <>
      <PageHead title={t("title")} actions={open ? <EndBattle onEnd={(how) => act({ kind: "end", how })} /> : null} />
      <div className="grid gap-5">
        {battle === null ? <Lead view={view} /> : <BattleTurns battle={battle} answers={answers} />}
        {open && !isWhole && answers.problem ? (
          <div className="grid justify-items-start gap-3">
            <FormProblem problem={answers.problem} />
            <div className="flex flex-wrap gap-2">
              <Button onClick={answers.askAgain}>{t("askAgain")}</Button>
              {battle.turns.length > 1 ? (
                <Button onClick={() => act({ kind: "takeBack", number: battle.turns.length })}>{t("takeBack")}</Button>
              ) : null}
            </div>
          </div>
        ) : null}
        <p role="status" className="sr-only">
          {open && isWhole ? t("whole") : ""}
        </p>
        {open && isWhole ? (
          <VoteBar
            key={battle.id}
            pending={pending}
            onVote={(choice, reason) => act({ kind: "vote", choice, reason })}
          />
        ) : null}
        {battle && !open ? <Reveal battle={battle} onAgain={again} /> : null}
        <FormProblem problem={problem} />
        {battle === null || open ? (
          <ChatField
            label={battle === null ? t("first") : t("next")}
            hint={t("enter")}
            text={text}
            onText={setText}
            onSend={say}
            field={field}
          >
            <Button
              variant={battle === null ? "primary" : "default"}
              disabled={!maySay || text.trim() === ""}
              pending={pending}
              onClick={say}
            >
              {t("send")}
            </Button>
            {battle ? (
              <span className="text-xs text-ink-3">
                {t("turn", { number: battle.turns.length, most: battle.mostTurns })}
              </span>
            ) : null}
          </ChatField>
        ) : null}
      </div>
    </>
  );
}

function Lead({ view: { limits, left } }: { readonly view: ArenaView }): ReactNode {
  const t = useTranslations("arena");
  return (
    <div className="grid max-w-read gap-1">
      <p className="text-md leading-relaxed text-ink-2">{t("lead")}</p>
      <p className="text-xs text-ink-3">{t("limits", { left, characters: limits.promptCharacters })}</p>
    </div>
  );
}

const newKey = () => crypto.randomUUID();
