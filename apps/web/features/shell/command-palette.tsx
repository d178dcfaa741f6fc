"use client";
import { Command } from "cmdk";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { commandFieldLook } from "./command-field.ts";
import { matchDestination } from "./match-destination.ts";
import { type Destination, destinationGroups, useDestinations } from "./use-destinations.ts";

interface CommandPaletteProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onChosen: () => void;
}

/** Takes the focus over from the field that stood here while this was loaded, behind the last letter typed. */
function takeOver(field: HTMLInputElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

/** All that can be gone to or done, narrowed by what is typed. */
export function CommandPalette({ search, onSearch, onChosen }: CommandPaletteProps): ReactNode {
  const t = useTranslations("shell");
  const { destinations, unsearched } = useDestinations();
  const choose = (destination: Destination): void => {
    onChosen();
    destination.run();
  };
  return (
    <Command
      label={t("goTo")}
      loop
      filter={(_id, typed, [label = "", hint] = []) => matchDestination(typed, label, hint)}
    >
      <Command.Input
        ref={takeOver}
        value={search}
        onValueChange={onSearch}
        data-focus-first
        aria-label={t("goToPlaceholder")}
        placeholder={t("goToPlaceholder")}
        className={commandFieldLook}
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="px-2 py-3 text-ink-2">{t("nothingFound")}</Command.Empty>
        {destinationGroups.map((group) => {
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
                  keywords={[destination.label, destination.hint ?? ""]}
                  onSelect={() => choose(destination)}
                  className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 text-md data-[selected=true]:bg-accent-soft"
                >
                  <span lang={destination.lang} className="min-w-0 truncate">
                    {destination.label}
                  </span>
                  {destination.hint ? (
                    <span className="ml-auto flex-none text-xs text-ink-3">{destination.hint}</span>
                  ) : null}
                </Command.Item>
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
      {unsearched ? <p className="border-t border-line px-4 py-2 text-xs text-ink-3">{t("unsearched")}</p> : null}
    </Command>
  );
}
