"use client";
import type { Message } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FoldedCode } from "./folded-code.tsx";
import { prettyJson } from "./pretty-json.ts";

interface ToolTurnProps {
  readonly turn: Message;
  /** The conversation that it is a turn of: a result is called by the call that it names. */
  readonly turns: readonly Message[];
}

/** What a turn has of tools: the calls that it makes, or the result that it is. */
export function ToolTurn({ turn, turns }: ToolTurnProps): ReactNode {
  const t = useTranslations("workbench.tools");
  if (turn.role === "tool") {
    const made = turns.flatMap(({ tool_calls = [] }) => tool_calls);
    const name = turn.name ?? made.find(({ id }) => id === turn.tool_call_id)?.function.name;
    return <FoldedCode title={name ? t("resultOf", { name }) : t("result")} text={prettyJson(turn.content)} />;
  }
  return (
    <div className="grid gap-2">
      {turn.tool_calls?.map((call) => (
        <FoldedCode
          key={call.id}
          title={t("calls", { name: call.function.name })}
          text={prettyJson(call.function.arguments)}
        />
      ))}
    </div>
  );
}
