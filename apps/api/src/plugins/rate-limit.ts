import rateLimit from "@fastify/rate-limit";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { countedAddress, isLocal } from "./client-address.ts";
import { isForPages } from "./page-requests.ts";

/** A ceiling on what one address may ask of the API. In memory: it must cost nothing on the path of a judgement. */
export const generalRateLimit = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    await app.register(rateLimit, {
      max: environment.requestsPerMinute,
      timeWindow: 60_000,
      // As by default, but for sockets that are gone; it must not fail on them.
      keyGenerator: countedAddress,
      allowList: (request) => isLocal(request) || (isForPages(request) && !request.ws),
      errorResponseBuilder: (_request, { after }) =>
        new DomainError("too_many_requests", `Too many requests from this address; wait ${after}.`),
    });
  },
  { name: "rate-limit" },
);
