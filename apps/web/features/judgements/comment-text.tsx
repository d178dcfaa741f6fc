import type { ReactNode } from "react";

/** A comment as it was typed at the desk, with its own line breaks; nothing where none was written. */
export function CommentText({ comment }: { readonly comment: string }): ReactNode {
  if (comment === "") return null;
  return <p className="max-w-read whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{comment}</p>;
}
