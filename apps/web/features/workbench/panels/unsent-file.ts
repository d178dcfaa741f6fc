import type { OutboxEntry } from "../outbox/entry.ts";

/** What a browser keeps and could not send, as a file to be handed to whoever runs the project. */
export function unsentFile(entries: readonly OutboxEntry[], memberId: string): object {
  return { kind: "touchstone-unsent", memberId, entries: entries.map(withoutToken) };
}

/** All but the token of the lease, which is nobody's business. */
const withoutToken = (entry: OutboxEntry): unknown =>
  JSON.parse(JSON.stringify(entry, (name, value) => (name === "leaseToken" ? undefined : value)));
