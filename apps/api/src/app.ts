import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "./environment.ts";
import { bodyParsing } from "./plugins/body-parsing.ts";
import { database } from "./plugins/database.ts";
import { problemAnswers } from "./plugins/problems.ts";
import { redis } from "./plugins/redis.ts";
import { healthRoutes } from "./routes/health/index.ts";
import { serializerCompiler, validatorCompiler } from "./validation/compilers.ts";

/** The whole service as a plugin: infrastructure first, then the routes of each noun. It never listens. */
export const app = fp(
  async (server, { environment }: { environment: Environment }) => {
    await server.register(problemAnswers);
    await server.register(database, { environment });
    await server.register(redis, { environment });
    await server.register(api);
  },
  { name: "touchstone" },
);

/** Everything below /api, encapsulated: proxied pages must meet neither its parsers nor its validation. */
async function api(server: FastifyInstance): Promise<void> {
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(bodyParsing);

  await server.register(healthRoutes);
}
