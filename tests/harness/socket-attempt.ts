import { text } from "node:stream/consumers";
import { Problem } from "@touchstone/contracts";
import { WebSocket } from "ws";

/** What became of an upgrade: 101, and it is ended again, or the status and code with which it was refused. */
export function attemptSocket(origin: string, path: string, headers: Readonly<Record<string, string>>) {
  const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, { headers });
  return new Promise<{ status: number; code?: string | undefined }>((resolve, reject) => {
    socket.on("open", () => {
      socket.terminate();
      resolve({ status: 101 });
    });
    socket.on("unexpected-response", async (_request, response) => {
      const problem = Problem.safeParse(JSON.parse(await text(response)));
      resolve({ status: response.statusCode ?? 0, code: problem.data?.code });
    });
    socket.on("error", reject);
  });
}
