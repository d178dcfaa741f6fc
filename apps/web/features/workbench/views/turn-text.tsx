import type { Message } from "@touchstone/contracts";
import { type ReactNode, Suspense } from "react";
import { ReadingText } from "./reading-text.tsx";
import { ShownMedia } from "./shown-media.tsx";
import { ToolTurn } from "./tool-parts.ts";

interface TurnTextProps {
  readonly turn: Message;
  /** The conversation that it is a turn of. */
  readonly turns: readonly Message[];
  readonly language: string | null;
}

/** What a turn says and shows, and the calls of tools that it makes or whose result it is. */
export function TurnText({ turn, turns, language }: TurnTextProps): ReactNode {
  const { role, content, media, tool_calls } = turn;
  const hasTools = role === "tool" || tool_calls;
  return (
    <>
      {role === "tool" || (!content && (media || tool_calls)) ? null : (
        <ReadingText text={content} language={language} />
      )}
      {hasTools ? (
        <Suspense>
          <ToolTurn turn={turn} turns={turns} />
        </Suspense>
      ) : null}
      <ShownMedia media={media} />
    </>
  );
}
