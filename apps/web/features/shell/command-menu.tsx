"use client";
import { Command } from "cmdk";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { KeyHint } from "../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { type Destination, useDestinations } from "./use-destinations.ts";

const groups = ["pages", "projects", "settings"] as const;

interface CommandMenuProps {
  readonly className?: string;
  /** Where the bar has no room for the button, the key still opens the menu. */
  readonly keyOnly?: boolean;
  /** Loaded by the key that opens it. */
  readonly startsOpen?: boolean;
}

/** `⌘K` (Ctrl K) goes anywhere. */
export function CommandMenu({ className, keyOnly, startsOpen = false }: CommandMenuProps): ReactNode {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(startsOpen);
  const destinations = useDestinations();
  useKeys([{ key: "mod+k", label: t("goTo"), run: () => setOpen(true) }]);
  const choose = (destination: Destination): void => {
    setOpen(false);
    destination.run();
  };
  return (
    <>
      {keyOnly ? null : (
        <Button
          variant="ghost"
          aria-keyshortcuts="Meta+K Control+K"
          className={className}
          onClick={() => setOpen(true)}
        >
          {t("goTo")} <KeyHint value="mod+k" />
        </Button>
      )}
      <Dialog label={t("goTo")} open={open} onClose={() => setOpen(false)}>
        <Command label={t("goTo")} loop>
          <Command.Input
            autoFocus
            placeholder={t("goToPlaceholder")}
            className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-3"
          />
          <Command.List className="max-h-[50vh] overflow-y-auto p-2">
            <Command.Empty className="px-2 py-3 text-ink-2">{t("nothingFound")}</Command.Empty>
            {groups.map((group) => {
              const inside = destinations.filter((destination) => destination.group === group);
              return inside.length === 0 ? null : (
                <Command.Group
                  key={group}
                  heading={t(`groups.${group}`)}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {inside.map((destination) => (
                    <Command.Item
                      key={destination.id}
                      value={destination.id}
                      keywords={[destination.label]}
                      onSelect={() => choose(destination)}
                      className="flex min-h-9 cursor-pointer items-center rounded-md px-2 text-md data-[selected=true]:bg-accent-soft"
                    >
                      {destination.label}
                    </Command.Item>
                  ))}
                </Command.Group>
              );
            })}
          </Command.List>
        </Command>
      </Dialog>
    </>
  );
}
