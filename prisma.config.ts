import { defineConfig } from "prisma/config";

/** For Prisma's own commands (generate, migrate deploy, studio); the apps get their address from their environment. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
