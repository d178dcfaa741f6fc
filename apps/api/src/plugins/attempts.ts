import { createHmac } from "node:crypto";
import { refused } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { AttemptCounts } from "./attempt-counts.ts";
import { clientAddress, countedAddress, isLocal, networkOf } from "./client-address.ts";

declare module "fastify" {
  interface FastifyInstance {
    /**
     * Counts one attempt at somebody's password. Throws DomainError too_many_requests beyond the limit.
     */
    countAttempt(request: FastifyRequest, email: string): Promise<void>;
    /** Counts somebody who joins by name alone. Throws DomainError too_many_requests beyond the limit. */
    countNameJoin(request: FastifyRequest): Promise<void>;
    /** A right password is no guess: takes the attempt back. */
    forgetAttempts(request: FastifyRequest, email: string): Promise<void>;
  }
}

/**
 * Attempts in a quarter of an hour. A person mistypes a few times; a guesser needs thousands. A whole class behind one
 * address mistypes more often than one of them, and the limit of an address holds for strangers' browsers only.
 */
const limits = { own: 10, email: 15, address: 30, network: 100, joinAddress: 100, joinNetwork: 300 } as const;

interface Counted {
  key: string;
  limit: number;
}

/** Limits guesses: by the browser that its owner knows, else by address, network and e-mail apart. */
export const attempts = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const counts = new AttemptCounts(app.redis);
    /** Keyed, so that who reads Redis learns no addresses. */
    const counted = (kind: keyof typeof limits, ...parts: string[]): Counted => {
      const digest = createHmac("sha256", environment.secret)
        .update([kind, ...parts].join("\n"))
        .digest("base64url");
      return { key: `touchstone:attempts:${digest}`, limit: limits[kind] };
    };

    app.decorate("countAttempt", async (request: FastifyRequest, email: string) => {
      const all = countersOf(request, email.toLowerCase());
      const found = await counts.add(all.map(({ key }) => key));
      if (all.some(({ limit }, at) => (found[at] ?? 0) > limit)) throw refused("tooManyAttempts");
    });
    // A class behind one address joins within minutes; the places of the link bound all the rest.
    app.decorate("countNameJoin", async (request: FastifyRequest) => {
      if (isLocal(request)) return;
      const all = [counted("joinAddress", countedAddress(request)), counted("joinNetwork", networkOf(request))];
      const found = await counts.add(all.map(({ key }) => key));
      if (all.some(({ limit }, at) => (found[at] ?? 0) > limit)) throw refused("tooManyByName");
    });
    app.decorate("forgetAttempts", async (request: FastifyRequest, email: string) => {
      const [own, ...others] = countersOf(request, email.toLowerCase());
      if (own) await counts.forget(own.key);
      if (others.length > 0) await counts.takeBack(others.map(({ key }) => key));
    });

    /** First what this browser or address does to this e-mail alone. */
    function countersOf(request: FastifyRequest, email: string): Counted[] {
      const known = request.session?.email?.toLowerCase() === email ? request.session.hash : request.knownDevice(email);
      if (known !== undefined) return [counted("own", "device", known, email)];
      const own = counted("own", clientAddress(request), email);
      const all = [own, counted("email", email)];
      if (isLocal(request)) return all;
      return [...all, counted("address", countedAddress(request)), counted("network", networkOf(request))];
    }
  },
  { name: "attempts", dependencies: ["redis", "devices"] },
);
