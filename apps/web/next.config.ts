import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  // Our packages export TypeScript source, so Next compiles them along with the pages.
  transpilePackages: ["@touchstone/api-client", "@touchstone/contracts"],
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
  // `npm run types` checks the same files, in the same strictness, without making every start wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  agentRules: false,
  // Fastify compresses nothing that streams; pages are compressed here, where they are made.
  compress: true,
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
