import helmet, { type FastifyHelmetOptions } from "@fastify/helmet";
import type { FastifyPluginAsync } from "fastify";
import fp from "fastify-plugin";

/** What holds for whatever this service sends, pages too. */
const everywhere: FastifyHelmetOptions = {
  // Plain http on a local network is a supported way to run; under https the browser keeps to it.
  strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  // The address of a page may be a secret: that of a link is what lets somebody in.
  referrerPolicy: { policy: "no-referrer" },
};

/** For answers of the API, which are data: nothing in them may ever run or be framed. */
export const securityHeaders = fp(
  async (app) => {
    await app.register(helmet, {
      ...everywhere,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      },
    });
    app.addHook("onSend", async (_request, reply) => {
      if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    });
  },
  { name: "security-headers" },
);

/**
 * For the files of pages, which their content names: a browser takes each for what it is said to be. The other headers are
 * about documents, a request id is in the body of what fails, and that a connection stays open is so in HTTP/1.1 where nothing
 * else is said; on every file they would cost a page as much as a picture.
 */
export const fileHeaders: FastifyPluginAsync = fp(
  async (app) => {
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("x-content-type-options", "nosniff").removeHeader("x-request-id");
      reply.raw.removeHeader("connection");
    });
  },
  { name: "file-headers" },
);

/** For pages. They bring a content policy of their own, whose nonce only their server knows, and say how long they keep. */
export const pageHeaders: FastifyPluginAsync = fp(
  async (app) => {
    await app.register(helmet, { ...everywhere, contentSecurityPolicy: false });
  },
  { name: "page-headers" },
);
