import type { TaskNote } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { focusDesk } from "../state/focus-desk.ts";

/** By this id the key that flags finds the field, once it is there. */
export const flagCommentId = "flag-comment";

interface FlagCommentProps {
  readonly note: TaskNote;
  readonly onChange: (note: TaskNote) => void;
}

/** In the place of the last choice, so that nothing moves. Enter goes back to the keys of the scale. */
export function FlagComment({ note, onChange }: FlagCommentProps): ReactNode {
  const t = useTranslations("workbench");
  const { comment } = note;
  const leave = (event: KeyboardEvent): void => {
    const { isComposing, keyCode } = event.nativeEvent;
    // An input method's own Enter chooses characters; some browsers tell it by this code alone.
    if (isComposing || keyCode === 229) return;
    const ends = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
    if (!ends) return;
    event.preventDefault();
    // Opened by mistake: nothing was said, so nothing is flagged.
    if (event.key === "Escape" && comment === "") onChange({ flagged: false, comment });
    focusDesk();
  };
  return (
    <textarea
      id={flagCommentId}
      rows={1}
      aria-label={t("flagComment")}
      placeholder={t("flagComment")}
      value={comment}
      maxLength={5_000}
      onChange={(event) => onChange({ ...note, comment: event.currentTarget.value })}
      onKeyDown={leave}
      className="h-(--control) min-w-0 flex-1 resize-none rounded-md border border-line-strong bg-surface px-2.5 py-1.5 leading-snug placeholder:text-ink-3 max-md:h-(--control-touch) max-md:basis-full"
    />
  );
}
