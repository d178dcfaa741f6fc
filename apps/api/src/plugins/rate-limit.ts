import rateLimit from "@fastify/rate-limit";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

/** Without a trusted proxy everything local shares these; a limit on them would hit everybody at once. */
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A ceiling on what one address may ask of the API. In memory: it must cost nothing on the path of a judgement. */
export const generalRateLimit = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    await app.register(rateLimit, {
      max: environment.requestsPerMinute,
      timeWindow: 60_000,
      allowList: (request) => loopback.has(request.ip) || !request.url.startsWith("/api/"),
      errorResponseBuilder: (_request, { after }) =>
        new DomainError("too_many_requests", `Too many requests from this address; wait ${after}.`),
    });
  },
  { name: "rate-limit" },
);
