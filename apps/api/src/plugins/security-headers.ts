import helmet from "@fastify/helmet";
import fp from "fastify-plugin";

/** For answers of the API, which are data: nothing in them may ever run or be framed. Pages bring their own policy. */
export const securityHeaders = fp(
  async (app) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      },
      // Plain http on a local network is a supported way to run; under https the browser keeps to it.
      strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
      referrerPolicy: { policy: "no-referrer" },
    });
    app.addHook("onSend", async (_request, reply) => {
      if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    });
  },
  { name: "security-headers" },
);
