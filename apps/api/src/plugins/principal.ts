import { DomainError, Role, type Route, refused } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";

/** Who makes a request, in which workspace, and with what rights. */
export interface Principal {
  id: string;
  workspaceId: string;
  name: string;
  /** With an API token: the lesser of the token's and the member's role. */
  role: Role;
  via: "session" | "token";
  /** The API token that acts in their name. */
  token?: { name: string };
  /** What opened it, by which it can be looked up again: the session's hash, or the token's id. */
  credential: string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by `implement` before the body is read; absent only on public routes. */
    principal: Principal | undefined;
    /** Finds out who asks. Throws DomainError unauthenticated or csrf_failed. */
    authenticate(): Promise<Principal>;
  }
  interface FastifyContextConfig {
    /** The entry of the route table behind this endpoint. */
    route?: Route;
    /** Whether this endpoint passes pages on; what is neither a page nor an endpoint of the table does not exist. */
    pages?: boolean;
  }
}

/**
 * Lets the caller pass, or throws. Denies by default: only the roles that the table names come through.
 *
 * @throws DomainError unauthenticated, csrf_failed or forbidden.
 */
export async function allow(request: FastifyRequest, access: Route["access"]): Promise<Principal | undefined> {
  if (access === "public") return undefined;
  const principal = await request.authenticate();
  assertRole(principal, access);
  return principal;
}

/** @throws DomainError forbidden for a role that the table does not name. */
export function assertRole({ role }: Principal, access: Route["access"]): void {
  if (access === "public" || access.includes(role)) return;
  throw new DomainError("forbidden", `This needs one of the roles ${access.join(", ")}; yours is ${role}.`);
}

/**
 * What a token may not do: make or change what outlives its revocation (links, roles, other tokens).
 *
 * @throws DomainError forbidden
 */
export function assertSignedIn({ via }: Principal): void {
  if (via === "token") throw refused("signInForThis");
}

/** From most to least powerful, as the enumeration lists them. */
export function lesserRole(a: Role, b: Role): Role {
  const order = Role.options;
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}
