import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The name of this browser, if somebody has proved this address theirs in it; undefined for a stranger's. */
    knownDevice(email: string): string | undefined;
  }
  interface FastifyReply {
    /** Marks the browser as one in which the owner of this address has signed in. */
    knowDevice(email: string): FastifyReply;
  }
}

/** Of one browser: a shared computer has more, and forgets the oldest. */
const mostOwners = 5;
const keptSeconds = 365 * 86_400;
const separator = "~";

/**
 * Browsers that have signed in carry a signed cookie (OWASP's device cookies): their attempts are counted apart, so that
 * strangers who guess at an address do not lock its owner out. It opens nothing. docs/decisions/guessing.md
 */
export const devices = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const signed = (name: string, email: string) =>
      createHmac("sha256", environment.secret).update(`device\n${name}\n${email.toLowerCase()}`).digest("base64url");
    const marksOf = (request: FastifyRequest) =>
      (request.cookies[request.cookieName("touchstone-device")] ?? "").split(separator).slice(0, mostOwners);
    const nameIn = (mark: string, email: string) => {
      const [name = "", signature = ""] = mark.split(".");
      return isEqual(signature, signed(name, email)) ? name : undefined;
    };

    app.decorateRequest("knownDevice", function (this: FastifyRequest, email: string) {
      for (const mark of marksOf(this)) {
        const name = nameIn(mark, email);
        if (name !== undefined) return name;
      }
      return undefined;
    });
    app.decorateReply("knowDevice", function (this: FastifyReply, email: string) {
      const others = marksOf(this.request).filter((mark) => mark !== "" && nameIn(mark, email) === undefined);
      const name = this.request.knownDevice(email) ?? randomBytes(16).toString("base64url");
      const value = [`${name}.${signed(name, email)}`, ...others].slice(0, mostOwners).join(separator);
      return this.setLastingCookie("touchstone-device", value, keptSeconds);
    });
  },
  { name: "devices", dependencies: ["session-cookie"] },
);

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
