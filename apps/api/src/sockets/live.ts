import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { socketPath } from "@touchstone/contracts";
import fp from "fastify-plugin";
import { type WebSocket, WebSocketServer } from "ws";
import type { Environment } from "../environment.ts";
import { openBroadcasts } from "./broadcasts.ts";
import { Connection, closeCodes } from "./connection.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { drainJudged } from "./judged-drain.ts";
import { handleRequest } from "./requests.ts";
import { redeemTicket, type SocketHolder } from "./tickets.ts";
import { Topics } from "./topics.ts";
import { refuseUpgrade, tunnelUpgrade } from "./upgrade.ts";

/** A subscription is a hundred bytes. */
const mostMessageBytes = 1024;

/**
 * Live figures. The one listener for upgrades on this server: its own path leads here, all others to where the pages come
 * from. `ws` is used by itself, since two plugins that each claim every upgrade cannot share one port.
 */
export const liveSockets = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const log = (error: unknown) => app.log.warn({ err: error }, "live figures");
    const connections = new Set<Connection>();
    const topics = new Topics(log);
    const server = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false });
    const subscriber = openBroadcasts(environment.redisUrl, topics);
    const stopHeartbeat = startHeartbeat(app.database, connections, log);
    const stopDrain = drainJudged(app.database, app.redis, log);

    function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on("error", () => socket.destroy());
      route(request, socket, head).catch((error: unknown) => {
        log(error);
        refuseUpgrade(socket, "503 Service Unavailable");
      });
    }

    async function route(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      const url = new URL(request.url ?? "/", "http://localhost");
      if (url.pathname !== socketPath) {
        if (!environment.webUrl || url.pathname.startsWith("/api/")) return refuseUpgrade(socket, "404 Not Found");
        return tunnelUpgrade(request, socket, head, environment.webUrl);
      }
      if (app.isDraining()) return refuseUpgrade(socket, "503 Service Unavailable");
      if (!app.isOwnOrigin({ headers: request.headers, host: request.headers.host ?? "" })) {
        return refuseUpgrade(socket, "403 Forbidden");
      }
      const holder = await redeemTicket(app.redis, url.searchParams.get("ticket") ?? "");
      if (!holder) return refuseUpgrade(socket, "401 Unauthorized");
      server.handleUpgrade(request, socket, head, (opened) => accept(opened, holder));
    }

    function accept(socket: WebSocket, holder: SocketHolder): void {
      const connection = new Connection(socket, holder);
      connections.add(connection);
      app.openSockets.set(connections.size);
      socket.on("error", () => socket.terminate());
      socket.on("message", (data) => handleRequest(app.database, topics, connection, data.toString()).catch(log));
      socket.on("close", () => {
        connections.delete(connection);
        topics.leaveAll(connection);
        app.openSockets.set(connections.size);
      });
    }

    app.server.on("upgrade", onUpgrade);
    app.addHook("preClose", async () => {
      app.server.off("upgrade", onUpgrade);
      stopHeartbeat();
      stopDrain();
      subscriber.disconnect();
      for (const connection of connections) connection.close(closeCodes.goingAway, "restarting");
    });
  },
  { name: "live-sockets", dependencies: ["database", "redis", "origin-check", "metrics", "draining"] },
);
