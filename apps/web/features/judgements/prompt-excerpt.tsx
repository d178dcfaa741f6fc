import type { Message } from "@touchstone/contracts";
import type { ReactNode } from "react";

/** A prompt in one line of a table, by what was said last; the page of the row has all of it. */
export function PromptExcerpt({ messages }: { readonly messages: readonly Message[] }): ReactNode {
  const last = messages.at(-1);
  // A turn may do nothing but call a tool.
  const calls = last?.tool_calls?.map((call) => `${call.function.name}()`) ?? [];
  const files = last?.media?.map(({ alt, name }) => `[${alt ?? name}]`) ?? [];
  const said = [last?.content, ...calls, ...files].filter(Boolean).join(" ");
  return <span className="block max-w-80 truncate text-ink-2">{said}</span>;
}
