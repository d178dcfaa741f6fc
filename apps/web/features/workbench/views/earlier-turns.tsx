import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";

interface EarlierTurnsProps {
  readonly count: number;
  readonly children: ReactNode;
}

/** The turns above the last one of a long conversation: folded, counted, and one key away. */
export function EarlierTurns({ count, children }: EarlierTurnsProps): ReactNode {
  const t = useTranslations("workbench");
  const [open, setOpen] = useState(false);
  const toggle = (): void => setOpen(!open);
  useKeys([{ key: "e", label: t("earlierTurns", { count }), run: toggle }]);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-keyshortcuts="e"
        onClick={toggle}
        className="inline-flex min-h-6 items-center gap-1.5 justify-self-start text-accent underline-offset-3 hover:underline max-md:min-h-(--control-touch)"
      >
        {open ? t("foldTurns", { count }) : t("earlierTurns", { count })} <KeyHint value="e" />
      </button>
      {open ? children : null}
    </>
  );
}
