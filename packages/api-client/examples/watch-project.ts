import { type Client, type LiveSocketOptions, openLiveSocket } from "@touchstone/api-client";

/**
 * How many judgements people have made in a project, live, until `signal` says otherwise. The socket reconnects by itself.
 *
 * @param webSocket on Node 20, which has none: `import { WebSocket } from "ws"`
 */
export async function watchProject(
  client: Client,
  baseUrl: string,
  projectId: string,
  { signal, webSocket }: { signal: AbortSignal; webSocket?: LiveSocketOptions["webSocket"] },
  tell: (judgements: number) => void,
): Promise<void> {
  const socket = openLiveSocket({
    baseUrl: baseUrl.replace(/^http/, "ws"),
    ticket: async () => (await client.createSocketTicket()).ticket,
    onEvent: (event) => {
      if (event.type === "figures") tell(event.figures.judgements.person);
    },
    ...(webSocket ? { webSocket } : {}),
  });
  socket.subscribe("project", projectId);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  socket.close();
}
