import httpProxy, { type FastifyHttpProxyOptions } from "@fastify/http-proxy";
import type { FastifyPluginAsync } from "fastify";
import { clientAddress } from "./client-address.ts";
import { fileHeaders, pageHeaders } from "./security-headers.ts";

const filesPath = "/_next/static";

/**
 * Everything that is not the API comes from Next, so that people see one origin. Next learns from X-Forwarded-* under
 * which name it is seen.
 */
export const webProxy: FastifyPluginAsync<{ webUrl: string }> = async (app, { webUrl }) => {
  const proxy: FastifyHttpProxyOptions = {
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
  };
  // More specific than the proxy's own wildcard: an unknown path below /api is never a page.
  app.all("/api/*", (_request, reply) => reply.callNotFound());
  await app.register(async (files) => {
    await files.register(fileHeaders);
    await files.register(httpProxy, { ...proxy, prefix: filesPath, rewritePrefix: filesPath });
  });
  await app.register(async (pages) => {
    await pages.register(pageHeaders);
    await pages.register(httpProxy, proxy);
  });
};
