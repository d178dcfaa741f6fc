import { DomainError, refused, routes } from "@touchstone/contracts";
import { createApiToken, listApiTokens, revokeApiToken } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { lesserRole } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

/** A member's own API tokens. */
export const tokenRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listApiTokens, async ({ member }) => ({ items: await listApiTokens(db, member) }));

  implement(app, routes.createApiToken, ({ body, member }) => {
    // Else a leaked token could make itself a successor that outlives its revocation.
    if (member.via === "token") throw new DomainError("forbidden", "Sign in to make a token; a token cannot.");
    if (lesserRole(body.role, member.role) !== body.role) {
      throw refused("tokenAboveYourRole", { kind: member.role, at: "role" });
    }
    return createApiToken(db, member, body);
  });

  implement(app, routes.revokeApiToken, async ({ params, member }) => {
    await revokeApiToken(db, member, params.id);
    return undefined;
  });
};
