import httpProxy, { type FastifyHttpProxyOptions } from "@fastify/http-proxy";
import type { FastifyPluginAsync } from "fastify";
import { clientAddress } from "./client-address.ts";
import { fileHeaders, pageHeaders } from "./security-headers.ts";

const filesPath = "/_next/static";

type RewriteHeaders = NonNullable<NonNullable<FastifyHttpProxyOptions["replyOptions"]>["rewriteHeaders"]>;

/** Whether a connection stays open is between us and each of the two, not between them. */
const withoutConnection: RewriteHeaders = ({ connection: _, "keep-alive": __, ...headers }) => headers;

/**
 * A file that never changes under its name is kept for good and never asked about again: nothing is sent to ask with. On
 * the dozen files of a page that is as much as a small one of them.
 */
const ofFiles: RewriteHeaders = (headers, request) => {
  const all = withoutConnection(headers, request);
  const { etag: _, "last-modified": __, "accept-ranges": ___, ...needed } = all;
  return String(all["cache-control"] ?? "").includes("immutable") ? needed : all;
};

/**
 * Everything that is not the API comes from Next, so that people see one origin. Next learns from X-Forwarded-* under
 * which name it is seen.
 */
export const webProxy: FastifyPluginAsync<{ webUrl: string }> = async (app, { webUrl }) => {
  const proxy: FastifyHttpProxyOptions = {
    upstream: webUrl,
    config: { pages: true },
    replyOptions: {
      rewriteHeaders: withoutConnection,
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        host: request.host,
        "x-forwarded-host": request.host,
        "x-forwarded-proto": request.protocol,
        "x-forwarded-for": clientAddress(request),
      }),
    },
  };
  // More specific than the proxy's own wildcard: an unknown path below /api or /v1 is never a page.
  for (const path of ["/api/*", "/v1/*"]) app.all(path, (_request, reply) => reply.callNotFound());
  await app.register(async (files) => {
    await files.register(fileHeaders);
    const replyOptions = { ...proxy.replyOptions, rewriteHeaders: ofFiles };
    await files.register(httpProxy, { ...proxy, replyOptions, prefix: filesPath, rewritePrefix: filesPath });
  });
  await app.register(async (pages) => {
    await pages.register(pageHeaders);
    await pages.register(httpProxy, proxy);
  });
};
