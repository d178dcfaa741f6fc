import cookie from "@fastify/cookie";
import { sessionDays } from "@touchstone/persistence";
import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyRequest {
    sessionCookie(): string | undefined;
    /** A cookie's name as it is on this connection. */
    cookieName(name: string): string;
  }
  interface FastifyReply {
    setSessionCookie(secret: string): FastifyReply;
    setLastingCookie(name: string, value: string, seconds: number): FastifyReply;
    clearSessionCookie(): FastifyReply;
  }
}

/**
 * The session cookie. Under https its name begins with `__Host-`, so that no neighbour on a subdomain can set it; browsers
 * refuse that prefix on plain http, where phones on a local network must be able to sign in too.
 */
export const sessionCookie = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    await app.register(cookie);
    const isSecure = (request: FastifyRequest) =>
      request.protocol === "https" || environment.publicOrigin?.startsWith("https:") === true;
    const nameFor = (request: FastifyRequest, name = "touchstone") => (isSecure(request) ? `__Host-${name}` : name);
    const flags = (request: FastifyRequest) =>
      ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(request) }) as const;

    app.decorateRequest("sessionCookie", function (this: FastifyRequest) {
      return this.cookies[nameFor(this)];
    });
    app.decorateRequest("cookieName", function (this: FastifyRequest, name: string) {
      return nameFor(this, name);
    });
    app.decorateReply("setLastingCookie", function (this: FastifyReply, name: string, value: string, maxAge: number) {
      return this.setCookie(nameFor(this.request, name), value, { ...flags(this.request), maxAge });
    });
    app.decorateReply("setSessionCookie", function (this: FastifyReply, secret: string) {
      return this.setCookie(nameFor(this.request), secret, { ...flags(this.request), maxAge: sessionDays * 86_400 });
    });
    app.decorateReply("clearSessionCookie", function (this: FastifyReply) {
      return this.clearCookie(nameFor(this.request), flags(this.request));
    });
  },
  { name: "session-cookie" },
);
