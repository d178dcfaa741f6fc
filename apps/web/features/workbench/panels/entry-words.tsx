import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommentText } from "../../judgements/comment-text.tsx";
import type { OutboxEntry } from "../outbox/entry.ts";
import { AnswerLine } from "./answer-line.tsx";
import type { Waiting } from "./waiting-of.ts";

/** Of which task something is, and what was said; all of it where the server will not take it, so that nobody drops words unread. */
export function EntryWords({ entry, refused }: Pick<Waiting, "entry" | "refused">): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const { about } = entry;
  return (
    <>
      <p dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
        {about?.blurred ? t("blurred") : about?.excerpt || t("unknown")}
      </p>
      {entry.kind === "skip" ? (
        <p className="font-medium">{t("skip")}</p>
      ) : (
        // A text may repeat what is not to be shown unasked.
        <AnswerLine questions={about?.questions} {...entry.submission} whole={refused && !about?.blurred} />
      )}
      {refused ? <CommentText comment={commentOf(entry)} /> : null}
    </>
  );
}

const commentOf = (entry: OutboxEntry): string =>
  (entry.kind === "skip" ? entry.note?.comment : entry.submission.comment) ?? "";
