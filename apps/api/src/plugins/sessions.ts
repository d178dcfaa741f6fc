import { timingSafeEqual } from "node:crypto";
import { DomainError } from "@touchstone/contracts";
import {
  extendSession,
  isDisabledSession,
  readApiToken,
  readSession,
  type SessionRow,
  sweepSessions,
} from "@touchstone/persistence";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { lesserRole, type Principal } from "./principal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The cookie's session, once `authenticate` has found one. */
    session: SessionRow | undefined;
  }
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);
/** Expired sessions open nothing; they only take up room. */
const sweepEveryMs = 3_600_000;
const bearer = /^Bearer (ts_[\w-]{43})$/;

/** Who asks: an API token, which no browser sends by itself, or a session cookie with its CSRF token. */
export const sessions = fp(
  async (app) => {
    app.decorateRequest("principal", undefined);
    app.decorateRequest("session", undefined);
    app.decorateRequest("authenticate", function (this: FastifyRequest): Promise<Principal> {
      return this.headers.authorization === undefined ? bySession(this) : byToken(this.headers.authorization);
    });

    const sweep = setInterval(() => {
      sweepSessions(app.database).catch((error: unknown) => app.log.warn({ err: error }, "sessions were not swept"));
    }, sweepEveryMs);
    sweep.unref();
    app.addHook("onClose", async () => clearInterval(sweep));

    async function byToken(authorization: string): Promise<Principal> {
      const [, secret] = bearer.exec(authorization) ?? [];
      const holder = secret ? await readApiToken(app.database, secret) : null;
      if (!holder) throw new DomainError("unauthenticated", "This API token is unknown, expired or revoked.");
      const { memberId, workspaceId, name, memberRole, tokenRole, tokenId, tokenName } = holder;
      const role = lesserRole(memberRole, tokenRole);
      const token = { name: tokenName };
      return { id: memberId, workspaceId, name, role, via: "token", credential: tokenId, token };
    }

    async function bySession(request: FastifyRequest): Promise<Principal> {
      const secret = request.sessionCookie();
      const session = secret ? await readSession(app.databasePool, secret) : null;
      if (!secret || !session) throw await nobody(secret);
      if (!safeMethods.has(request.method)) assertCsrfToken(request, session.csrfToken);
      request.session = session;
      if (session.due) await extendSession(app.database, secret);
      const { memberId, workspaceId, name, role, hash } = session;
      return { id: memberId, workspaceId, name, role, via: "session", credential: hash };
    }

    /** Somebody who was disabled in the middle of their work is told so; all others sign in. */
    async function nobody(secret: string | undefined): Promise<DomainError> {
      return secret && (await isDisabledSession(app.database, secret))
        ? new DomainError("account_disabled", "Your account here has been disabled.")
        : new DomainError("unauthenticated", "Sign in first; your session may have ended.");
    }
  },
  { name: "sessions", dependencies: ["database", "session-cookie"] },
);

function assertCsrfToken(request: FastifyRequest, expected: string): void {
  const given = Buffer.from(String(request.headers["x-csrf-token"] ?? ""));
  const wanted = Buffer.from(expected);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new DomainError("csrf_failed", "Send the csrfToken of GET /api/session in the header x-csrf-token.");
}
