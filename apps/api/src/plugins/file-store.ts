import { type FileStore, LocalFileStore } from "@touchstone/persistence";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    files: FileStore;
  }
}

/** Where the bytes lie that rows speak of. Another store is another adapter here, and nowhere else. */
export const fileStore = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    app.decorate("files", new LocalFileStore(environment.filesDir));
  },
  { name: "file-store" },
);
