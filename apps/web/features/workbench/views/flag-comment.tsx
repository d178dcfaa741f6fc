import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface FlagCommentProps {
  readonly comment: string;
  readonly onChange: (comment: string) => void;
}

/** In the place of the last choice, so that nothing moves. Enter goes back to the keys of the scale. */
export function FlagComment({ comment, onChange }: FlagCommentProps): ReactNode {
  const t = useTranslations("workbench");
  return (
    <input
      aria-label={t("flagComment")}
      placeholder={t("flagComment")}
      value={comment}
      maxLength={5_000}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        const done = event.key === "Enter" || event.key === "Escape";
        if (done && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
      className="h-(--control) min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2.5 placeholder:text-ink-3 max-md:h-(--control-touch) max-md:basis-full"
    />
  );
}
