import type { SocketEvent } from "@touchstone/contracts";

/** Every kind of event there is; a kind that is not here does not compile, and neither does one that no longer is. */
const kinds: Readonly<Record<SocketEvent["type"], true>> = {
  figures: true,
  run: true,
  metrics: true,
  guidance: true,
  refused: true,
};

/**
 * What the socket said; undefined when it is nothing that this version knows. The rest of an event has passed its schema
 * where the API wrote it, as answers have.
 */
export function readEvent(data: unknown): SocketEvent | undefined {
  const event = parseJson(data);
  return isEvent(event) ? event : undefined;
}

function isEvent(event: unknown): event is SocketEvent {
  if (typeof event !== "object" || event === null) return false;
  const type: unknown = Reflect.get(event, "type");
  return typeof type === "string" && Object.hasOwn(kinds, type) && typeof Reflect.get(event, "id") === "string";
}

function parseJson(data: unknown): unknown {
  try {
    return typeof data === "string" ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
