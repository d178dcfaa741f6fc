"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useState } from "react";
import { Button } from "../../components/button.tsx";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { lazyPart } from "../../components/lazy-part.ts";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { commandFieldLook } from "./command-field.ts";

/** What is found weighs 15 KB and asks the API; both are fetched when the menu is first opened. */
const CommandPalette = lazyPart(async () => (await import("./command-palette.tsx")).CommandPalette);

interface CommandMenuProps {
  readonly className?: string;
  /** Where the bar has no room for the button, the key still opens the menu. */
  readonly keyOnly?: boolean;
}

/**
 * `⌘K` (Ctrl K) goes anywhere. A field is there at once and takes what is typed while the list is still on its way:
 * letters that fell beside it would press the keys of the screen below.
 */
export function CommandMenu({ className, keyOnly }: CommandMenuProps): ReactNode {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  // An input method's unfinished word lives in its field, which therefore stays until the word is done.
  const [composes, setComposes] = useState(false);
  const show = (): void => {
    setSearch("");
    setComposes(false);
    setOpen(true);
  };
  useKeys([{ key: "mod+k", label: t("goTo"), run: show }]);
  const early = (
    <input
      data-focus-first
      aria-label={t("goToPlaceholder")}
      placeholder={t("goToPlaceholder")}
      autoComplete="off"
      value={search}
      onChange={(event) => setSearch(event.target.value)}
      onCompositionStart={() => setComposes(true)}
      onCompositionEnd={() => setComposes(false)}
      className={commandFieldLook}
    />
  );
  return (
    <>
      {keyOnly ? null : (
        <Button variant="ghost" aria-keyshortcuts="Meta+K Control+K" className={className} onClick={show}>
          {t("goTo")} <KeyHint value="mod+k" />
        </Button>
      )}
      <Dialog label={t("goTo")} open={open} onClose={() => setOpen(false)}>
        {composes ? (
          early
        ) : (
          <Suspense fallback={early}>
            <CommandPalette search={search} onSearch={setSearch} onChosen={() => setOpen(false)} />
          </Suspense>
        )}
      </Dialog>
    </>
  );
}
