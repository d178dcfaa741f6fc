import httpProxy from "@fastify/http-proxy";
import type { FastifyPluginAsync } from "fastify";
import { clientAddress } from "./client-address.ts";
import { pageHeaders } from "./security-headers.ts";

/**
 * Everything that is not the API comes from Next, so that people see one origin. Next learns from X-Forwarded-* under
 * which name it is seen.
 */
export const webProxy: FastifyPluginAsync<{ webUrl: string }> = async (app, { webUrl }) => {
  await app.register(pageHeaders);
  // More specific than the proxy's own wildcard: an unknown path below /api is never a page.
  app.all("/api/*", (_request, reply) => reply.callNotFound());
  await app.register(httpProxy, {
    upstream: webUrl,
    config: { pages: true },
    replyOptions: {
      // Whether a connection stays open is between us and each of the two, not between them.
      rewriteHeaders: ({ connection: _, "keep-alive": __, ...headers }) => headers,
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        host: request.host,
        "x-forwarded-host": request.host,
        "x-forwarded-proto": request.protocol,
        "x-forwarded-for": clientAddress(request),
      }),
    },
  });
};
