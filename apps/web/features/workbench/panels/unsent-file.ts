import type { OutboxEntry } from "../outbox/entry.ts";

/** What a browser keeps and could not send, as a file to be handed to whoever runs the project. */
export function unsentFile(entries: readonly OutboxEntry[], memberId: string): object {
  return { kind: "touchstone-unsent", memberId, entries: entries.map(withoutToken) };
}

/** All but the token of the lease, which is nobody's business. */
function withoutToken(entry: OutboxEntry): object {
  if (entry.kind === "skip") {
    const { leaseToken: _, ...skip } = entry;
    return skip;
  }
  const { leaseToken: _, ...submission } = entry.submission;
  return { ...entry, submission };
}
