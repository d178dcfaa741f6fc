import { refused, routes } from "@touchstone/contracts";
import { createApiToken, listApiTokens, revokeApiToken } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { assertSignedIn, lesserRole } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

/** A member's own API tokens, seen and made by who is signed in: a token of a lesser role must not reach a greater one. */
export const tokenRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listApiTokens, async ({ member }) => {
    assertSignedIn(member);
    return { items: await listApiTokens(db, member) };
  });

  implement(app, routes.createApiToken, ({ body, member }) => {
    assertSignedIn(member);
    if (lesserRole(body.role, member.role) !== body.role) {
      throw refused("tokenAboveYourRole", { kind: member.role, at: "role" });
    }
    return createApiToken(db, member, body);
  });

  implement(app, routes.revokeApiToken, async ({ params, member }) => {
    assertSignedIn(member);
    await revokeApiToken(db, member, params.id);
    return undefined;
  });
};
