import { routes } from "@touchstone/contracts";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const healthRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.live, () => ({ status: "ok" as const }));
};
