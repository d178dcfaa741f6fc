"use client";
import type { ArenaChoice } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";

interface VoteBarProps {
  readonly pending: boolean;
  readonly onVote: (choice: ArenaChoice, reason: string) => void;
}

/** A key for each, in the order in which they stand. */
const choices = [
  ["a", "a"],
  ["tie", "t"],
  ["b", "b"],
  ["both-bad", "0"],
] as const satisfies readonly (readonly [ArenaChoice, string])[];
/** As the API bounds it. */
const longestReason = 2_000;

/** Which answered better; it is there once both answers are whole. */
export function VoteBar({ pending, onVote }: VoteBarProps): ReactNode {
  const t = useTranslations("arena");
  const [reason, setReason] = useState("");
  const vote = (choice: ArenaChoice): void => {
    if (!pending) onVote(choice, reason);
  };
  useKeys(choices.map(([choice, key]) => ({ key, label: t(`choices.${choice}`), run: () => vote(choice) })));
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line bg-surface p-3">
      <legend className="px-1 font-medium">{t("which")}</legend>
      <div className="grid grid-cols-2 gap-2 md:grid-cols-4">
        {choices.map(([choice, key]) => (
          <Button key={choice} shortcut={key} pending={pending} onClick={() => vote(choice)}>
            {t(`choices.${choice}`)}
          </Button>
        ))}
      </div>
      <Field label={t("reason")} hint={t("keys")}>
        <Input
          value={reason}
          maxLength={longestReason}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </fieldset>
  );
}
