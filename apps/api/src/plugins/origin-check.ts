import { DomainError } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { isForPages } from "./page-requests.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether a browser's request comes from a page of ours; true without an Origin, since then no page sent it. */
    isOwnOrigin(request: Pick<FastifyRequest, "headers" | "host" | "protocol">): boolean;
  }
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** A socket's first request is a GET, and yet opens what the browser's cookies open: no page of another site may have it. */
const isHarmless = (request: FastifyRequest): boolean =>
  !request.ws && (safeMethods.has(request.method) || isForPages(request));

/** Pages of other sites may not change anything here, whatever cookies the browser would add. */
export const originCheck = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    app.decorate(
      "isOwnOrigin",
      ({ headers, host, protocol }: Pick<FastifyRequest, "headers" | "host" | "protocol">) => {
        const { origin } = headers;
        if (origin === undefined) return headers["sec-fetch-site"] !== "cross-site";
        if (origin === environment.publicOrigin) return true;
        // Each without the port that its scheme has anyway. A scheme of no web server has no origin but "null".
        return origin !== "null" && originOf(origin) === originOf(`${protocol}://${host}`);
      },
    );
    app.addHook("onRequest", async (request) => {
      if (isHarmless(request) || app.isOwnOrigin(request)) return;
      throw new DomainError(
        "csrf_failed",
        `Requests from ${request.headers.origin ?? "other sites"} are not accepted; if it is this site, set TOUCHSTONE_PUBLIC_URL.`,
      );
    });
  },
  { name: "origin-check", dependencies: ["upgrades"] },
);

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : "no address");
