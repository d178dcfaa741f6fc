import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  // Our packages export TypeScript source, so Next compiles them along with the pages.
  transpilePackages: ["@touchstone/api-client", "@touchstone/contracts"],
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
  // `npm run types` checks the same files, in the same strictness, without making every start wait for it.
  typescript: { ignoreBuildErrors: true },
  // What this build keeps in a browser is known by this mark; in development shapes change while the server runs.
  env: process.env.NODE_ENV === "production" ? { PAGES_BUILD: randomUUID().slice(0, 8) } : {},
  // A browser asks at each visit whether the worker is still the same.
  headers: async () => [
    {
      source: "/_next/static/service-worker/:file*",
      headers: [{ key: "Cache-Control", value: "no-cache" }],
    },
  ],
  poweredByHeader: false,
  devIndicators: false,
  agentRules: false,
  // Fastify compresses nothing that streams; pages are compressed here, where they are made.
  compress: true,
};

export default createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  // Messages are parsed when the pages are built: the parser of their syntax never reaches a browser.
  experimental: {
    messages: { path: ["./messages/en", "./messages/zh"], format: "json", locales: "infer", precompile: true },
  },
})(config);
