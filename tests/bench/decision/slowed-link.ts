import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A stand-in for a distant server: forwards TCP connections to a port of this machine, and holds each piece for half a
 * round trip on its way there and on its way back. Timers of one length fire in order, so the bytes stay in theirs.
 *
 * @param port where the real server listens, on 127.0.0.1.
 * @param roundTripMs milliseconds, there and back.
 */
export async function slowedLink(port: number, roundTripMs: number): Promise<{ url: string; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ port, host: "127.0.0.1", noDelay: true });
    near.setNoDelay(true);
    forward(near, far, roundTripMs / 2);
    forward(far, near, roundTripMs / 2);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function forward(from: Socket, to: Socket, delayMs: number): void {
  from.on("data", (bytes) => setTimeout(() => to.writable && to.write(bytes), delayMs));
  from.on("end", () => setTimeout(() => to.end(), delayMs));
  from.on("error", () => to.destroy());
}
