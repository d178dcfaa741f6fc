import type { Message } from "@touchstone/contracts";
import { type ReactNode, Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { ReadingText } from "./reading-text.tsx";
import { ShownMedia } from "./shown-media.tsx";

const ToolTurn = lazyPart(() => import("./tools/tool-turn.tsx").then((file) => file.ToolTurn));

interface TurnTextProps {
  readonly turn: Message;
  /** The conversation that it is a turn of. */
  readonly turns: readonly Message[];
  readonly language: string | null;
}

/** What a turn says and shows, and the calls of tools that it makes or whose result it is. */
export function TurnText({ turn, turns, language }: TurnTextProps): ReactNode {
  const { role, content, media, tool_calls: calls } = turn;
  if (role !== "tool" && !calls) {
    return (
      <>
        {content || !media ? <ReadingText text={content} language={language} /> : null}
        <ShownMedia media={media} />
      </>
    );
  }
  const made = turns.flatMap(({ tool_calls = [] }) => tool_calls);
  const names = new Map(made.map((call) => [call.id, call.function.name]));
  return (
    <>
      {content === "" || role === "tool" ? null : <ReadingText text={content} language={language} />}
      <Suspense fallback={content}>
        <ToolTurn turn={turn} names={names} />
      </Suspense>
      <ShownMedia media={media} />
    </>
  );
}
