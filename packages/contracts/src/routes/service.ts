import { z } from "zod";
import { socketPath } from "../socket.ts";
import { everyone } from "./params.ts";
import { route } from "./route.ts";

export const serviceRoutes = {
  live: route({
    method: "GET",
    path: "/api/health/live",
    summary: "The process runs",
    access: "public",
    status: 200,
    response: z.object({ status: z.literal("ok") }),
  }),
  ready: route({
    method: "GET",
    path: "/api/health/ready",
    summary: "Postgres and Redis answer",
    access: "public",
    status: 200,
    response: z.object({ status: z.enum(["ok", "degraded"]), postgres: z.boolean(), redis: z.boolean() }),
    problems: ["unavailable"],
  }),
  metrics: route({
    method: "GET",
    path: "/api/metrics",
    summary: "Prometheus metrics, for this machine itself and for who sends the operator's token",
    access: "public",
    status: 200,
    produces: "text/plain",
    problems: ["forbidden"],
  }),
  openApi: route({
    method: "GET",
    path: "/api/openapi.json",
    summary: "This document",
    access: "public",
    status: 200,
    response: z.record(z.string(), z.unknown()),
  }),
  createSocketTicket: route({
    method: "POST",
    path: "/api/socket-tickets",
    summary: "A one-use ticket that opens the socket",
    access: everyone,
    audit: { none: "it opens what the member may read anyway" },
    status: 201,
    response: z.object({ ticket: z.string(), expiresInSeconds: z.number().int() }),
  }),
  openSocket: route({
    method: "GET",
    path: socketPath,
    summary: "Live figures and runs over a WebSocket",
    access: everyone,
    socket: true,
    query: z.strictObject({ ticket: z.string().max(200).optional() }),
    status: 101,
  }),
};
