import { DomainError } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { isForPages } from "./page-requests.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether a browser's request comes from a page of ours; true without an Origin, since then no page sent it. */
    isOwnOrigin(request: Pick<FastifyRequest, "headers" | "host">): boolean;
  }
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** A socket's first request is a GET, and yet opens what the browser's cookies open: no page of another site may have it. */
const isHarmless = (request: FastifyRequest): boolean =>
  !request.ws && (safeMethods.has(request.method) || isForPages(request));

/** Pages of other sites may not change anything here, whatever cookies the browser would add. */
export const originCheck = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    app.decorate("isOwnOrigin", ({ headers, host }: Pick<FastifyRequest, "headers" | "host">) => {
      const { origin } = headers;
      if (origin === undefined) return headers["sec-fetch-site"] !== "cross-site";
      if (origin === environment.publicOrigin) return true;
      return URL.canParse(origin) && new URL(origin).host === host;
    });
    app.addHook("onRequest", async (request) => {
      if (isHarmless(request) || app.isOwnOrigin(request)) return;
      throw new DomainError(
        "csrf_failed",
        `Requests from ${request.headers.origin ?? "other sites"} are not accepted.`,
      );
    });
  },
  { name: "origin-check", dependencies: ["upgrades"] },
);
