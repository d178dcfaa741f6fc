"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { showBody } from "./at-hand.ts";
import { questionWords } from "./question-words.ts";
import type { Sheet } from "./use-sheet.ts";

interface BodySwitchProps {
  readonly task: LeasedTask;
  readonly sheet: Pick<Sheet, "bodies" | "body" | "isWhole">;
}

/**
 * For which question the answers are shown, where several put something in the place of their texts. What was done for the
 * others stays as it is.
 */
export function BodySwitch({ task, sheet: { bodies, body, isWhole } }: BodySwitchProps): ReactNode {
  const t = useTranslations("questions");
  const place = body ? bodies.indexOf(body) : -1;
  const next = bodies[(place + 1) % Math.max(1, bodies.length)];
  useKeys(
    next && bodies.length > 1
      ? [{ key: "b", label: t("bodies.next"), run: () => showBody(task.lease.id, next.name) }]
      : [],
  );
  if (bodies.length < 2) return null;
  return (
    <fieldset aria-label={t("bodies.label")} className="body-switch">
      {bodies.map((question) => (
        <button
          key={question.name}
          type="button"
          aria-pressed={question === body}
          onClick={() => showBody(task.lease.id, question.name)}
        >
          <span aria-hidden="true">{isWhole(question) ? "✓" : "○"}</span>
          <span dir="auto">{questionWords(question, (kind) => t(`kinds.${kind}`))}</span>
          <span className="sr-only">{isWhole(question) ? t("bodies.answered") : t("bodies.open")}</span>
          {question === next ? <KeyHint value="b" /> : null}
        </button>
      ))}
    </fieldset>
  );
}
