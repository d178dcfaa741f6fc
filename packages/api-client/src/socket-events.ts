import { SocketEvent, socketPath } from "@touchstone/contracts";

export { socketPath };

/** What the socket said; undefined when it is nothing that this version knows. */
export function readEvent(data: unknown): SocketEvent | undefined {
  return SocketEvent.safeParse(parseJson(data)).data;
}

function parseJson(data: unknown): unknown {
  try {
    return typeof data === "string" ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
