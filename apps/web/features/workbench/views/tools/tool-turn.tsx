"use client";
import type { Message } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FoldedCode } from "./folded-code.tsx";
import { prettyJson } from "./pretty-json.ts";

interface ToolTurnProps {
  readonly turn: Message;
  /** What calls of former turns are of, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a turn has of tools: the calls that it makes, or the result that it is. */
export function ToolTurn({ turn, names }: ToolTurnProps): ReactNode {
  const t = useTranslations("workbench.tools");
  if (turn.role === "tool") {
    const name = turn.name ?? names.get(turn.tool_call_id ?? "");
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
