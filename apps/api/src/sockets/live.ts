import { routes } from "@touchstone/contracts";
import type { FastifyPluginAsync } from "fastify";
import type { WebSocket } from "ws";
import type { Environment } from "../environment.ts";
import type { Principal } from "../plugins/principal.ts";
import { implementSocket } from "../routes/implement-socket.ts";
import { admit, onceForAll, refuseAsKnown } from "./admission.ts";
import { openBroadcasts } from "./broadcasts.ts";
import { Connection } from "./connection.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { drainNews } from "./news-drain.ts";
import { Requests } from "./requests.ts";
import { redeemTicket } from "./tickets.ts";
import { Topics } from "./topics.ts";

/** Live figures: a route like any other until it is open. */
export const liveSockets: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const log = (error: unknown) => app.log.warn({ err: error }, "live figures");
  const connections = new Set<Connection>();
  const topics = new Topics({
    admit: (some) => admit(app.databasePool, some),
    onError: log,
    onRead: () => app.liveReadings.inc(),
  });
  const lookAgain = onceForAll(() => admit(app.databasePool, connections), log);
  app.onAccessChange(lookAgain);
  const subscriber = openBroadcasts(environment.redisUrl, {
    topics,
    projectFigures: app.projectFigures,
    onAccessChange: lookAgain,
  });
  const stopHeartbeat = startHeartbeat(connections, lookAgain);
  const stopDrain = drainNews(app.database, app.redis, log);

  implementSocket(app, routes.openSocket, (ticket) => redeemTicket(app.redis, app.databasePool, ticket), accept);

  function accept(socket: WebSocket, holder: Principal): void {
    const connection = new Connection(socket, holder);
    const requests = new Requests(app, topics, connection, (refuse) =>
      refuseAsKnown(app.databasePool, connection, refuse),
    );
    connections.add(connection);
    app.openSockets.set(connections.size);
    socket.on("message", (data) => requests.hear(data.toString()));
    socket.on("close", () => {
      connections.delete(connection);
      topics.leaveAll(connection);
      app.openSockets.set(connections.size);
    });
  }

  app.addHook("preClose", async () => {
    stopHeartbeat();
    stopDrain();
    subscriber.disconnect();
  });
};
