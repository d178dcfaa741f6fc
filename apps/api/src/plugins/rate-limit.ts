import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { clientAddress } from "./client-address.ts";
import { isForPages } from "./page-requests.ts";

/** Without a trusted proxy everything local shares these; a limit on them would hit everybody at once. */
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A ceiling on what one address may ask of the API. In memory: it must cost nothing on the path of a judgement. */
export const generalRateLimit = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    await app.register(rateLimit, {
      max: environment.requestsPerMinute,
      timeWindow: 60_000,
      // As by default, but for sockets that are gone; it must not fail on them.
      keyGenerator: (request) => normalizeIP(clientAddress(request)),
      allowList: (request) => loopback.has(clientAddress(request)) || (isForPages(request) && !request.ws),
      errorResponseBuilder: (_request, { after }) =>
        new DomainError("too_many_requests", `Too many requests from this address; wait ${after}.`),
    });
  },
  { name: "rate-limit" },
);
