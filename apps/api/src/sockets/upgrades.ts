import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import websocket from "@fastify/websocket";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { countedAddress, isLocal } from "../plugins/client-address.ts";
import { isForPages } from "../plugins/page-requests.ts";
import { closeCodes } from "./connection.ts";
import { Counted } from "./counted.ts";
import { tunnelUpgrade } from "./tunnel.ts";

/** A tab of the product has one. */
const mostSocketsOfAddress = 200;
/** A subscription is a hundred bytes. */
const mostMessageBytes = 1024;

/**
 * Upgrades are requests: the router, the hooks and the routes that answer all others answer them, and one that no route
 * takes is refused and closed. In development the pages' own socket is passed on to where they come from.
 */
export const upgrades = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    /** What a client sent right behind its request. @fastify/websocket keeps it to itself. */
    const heads = new WeakMap<IncomingMessage, Buffer>();
    app.server.on("upgrade", (request, socket, head: Buffer) => {
      heads.set(request, head);
      // Until it is accepted nobody else looks after it: `ws` and the tunnel set times of their own.
      if (socket instanceof Socket) socket.setTimeout(environment.upgradeMs, () => socket.destroy());
    });

    await app.register(websocket, {
      options: { maxPayload: mostMessageBytes, perMessageDeflate: false },
      errorHandler: (_error, socket) => socket.terminate(),
      preClose: (done) => {
        for (const client of app.websocketServer.clients) client.close(closeCodes.goingAway, "restarting");
        app.websocketServer.close();
        done();
      },
    });

    const open = new Counted(mostSocketsOfAddress);
    app.addHook("onRequest", async (request) => {
      if (!request.ws || isLocal(request)) return;
      const leave = open.enter(countedAddress(request));
      if (!leave) throw new DomainError("too_many_requests", "This address has too many sockets open; close some.");
      request.raw.socket.once("close", leave);
    });

    // Behind the checks and before any handler: the plugin would open a socket for every route, only to close it.
    app.addHook("preParsing", async (request, reply) => {
      if (!request.ws) return;
      if (app.isDraining()) throw new DomainError("unavailable", "This process is being stopped.");
      if (request.routeOptions.config.route?.socket) return;
      if (!environment.webUrl || !environment.pageSockets || !isForPages(request)) {
        throw new DomainError("not_found", "No socket opens here.");
      }
      reply.hijack();
      tunnelUpgrade(request.raw, heads.get(request.raw) ?? Buffer.alloc(0), environment.webUrl);
    });
  },
  { name: "upgrades", dependencies: ["draining"] },
);
