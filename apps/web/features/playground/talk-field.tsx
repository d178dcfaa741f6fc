import type { ProjectListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { ChatField } from "../chat/chat-field.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { AskPeople } from "./ask-people.tsx";
import { hindrance, isGrowing, markedDraws, pairFault, type Talk } from "./talk.ts";
import type { TalkStore } from "./talk-store.ts";

interface TalkFieldProps {
  readonly store: TalkStore;
  readonly talk: Talk;
  readonly projects: readonly ProjectListItem[];
  readonly projectId: string | null;
  readonly toEnd: () => void;
}

/** Where the next turn is written, and what is done with the whole: stop, say it otherwise, ask people. */
export function TalkField({ store, talk, projects, projectId, toEnd }: TalkFieldProps): ReactNode {
  const t = useTranslations("playground.field");
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [rewording, setRewording] = useState(false);
  const last = talk.turns.at(-1);
  const growing = last !== undefined && isGrowing(last);
  const why = hindrance(talk);
  const done = (): void => {
    setText("");
    setRewording(false);
    field.current?.focus();
    toEnd();
  };
  const send = (): void => {
    if (rewording ? store.sayOtherwise(text) : store.send(text)) done();
  };
  const reword = (): void => {
    setText(last?.text ?? "");
    setRewording(true);
    field.current?.focus();
  };
  return (
    <div className="sticky bottom-0 mt-5 grid gap-2 border-t border-line bg-bg py-3">
      <AskBar {...{ talk, projects, projectId }} />
      <ChatField label={t("label")} hint={t("keys")} {...{ text, field }} onText={setText} onSend={send}>
        <Button variant="primary" disabled={text.trim() === "" || (why !== null && !rewording)} onClick={send}>
          {rewording ? t("resend") : t("send")}
        </Button>
        {growing ? <Button onClick={() => store.stop()}>{t("stop")}</Button> : null}
        {last && !rewording && !growing ? <Button onClick={reword}>{t("reword")}</Button> : null}
        {rewording ? <Button onClick={done}>{t("leaveAsIs")}</Button> : null}
      </ChatField>
      {why === "unpicked" && !rewording ? <p className="text-xs text-warn">{t("unpicked")}</p> : null}
    </div>
  );
}

type AskBarProps = Pick<TalkFieldProps, "talk" | "projects" | "projectId">;

/** There as soon as an answer is marked: what is still missing, or the way to the people. */
function AskBar({ talk, projects, projectId }: AskBarProps): ReactNode {
  const t = useTranslations("playground.ask");
  const builds = useHasRole("admin", "researcher");
  const [open, setOpen] = useState(false);
  const draws = markedDraws(talk);
  const [a, b] = draws;
  if (!a) return null;
  const fault = pairFault(draws);
  if (!builds) return <p className="text-sm text-ink-2">{t("notYours")}</p>;
  if (fault !== null || !b) return <p className="text-sm text-ink-2">{t(`faults.${fault ?? "notTwo"}`)}</p>;
  return (
    <>
      <Button className="justify-self-start" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Dialog label={t("title")} open={open} onClose={() => setOpen(false)}>
        <AskPeople draws={[a, b]} {...{ projects, projectId }} />
        <div className="px-4 pb-4">
          <Button onClick={() => setOpen(false)}>{t("close")}</Button>
        </div>
      </Dialog>
    </>
  );
}
