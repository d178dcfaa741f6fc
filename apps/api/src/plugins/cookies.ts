import cookie from "@fastify/cookie";
import { sessionDays } from "@touchstone/persistence";
import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyRequest {
    sessionCookie(): string | undefined;
  }
  interface FastifyReply {
    setSessionCookie(secret: string): FastifyReply;
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
    const nameFor = (request: FastifyRequest) => (isSecure(request) ? "__Host-touchstone" : "touchstone");
    const flags = (request: FastifyRequest) =>
      ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(request) }) as const;

    app.decorateRequest("sessionCookie", function (this: FastifyRequest) {
      return this.cookies[nameFor(this)];
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
