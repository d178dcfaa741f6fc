import { resolve } from "node:path";
import { StackError } from "@touchstone/stack";
import { z } from "zod";

/** An empty variable, as compose files leave them, counts as unset. */
const optional = (schema: z.ZodString) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const Environment = z.object({
  TOUCHSTONE_PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** Loopback by default: a demo with a printed password is nobody else's business. 0.0.0.0 lets phones in. */
  TOUCHSTONE_HOST: z.string().min(1).default("127.0.0.1"),
  TOUCHSTONE_DATA_DIR: z.string().min(1).default(".touchstone"),
  TOUCHSTONE_FILES_DIR: optional(z.string()),
  TOUCHSTONE_SECRET: optional(z.string()),
  TOUCHSTONE_ADMIN_EMAIL: z.email().default("admin@touchstone.local"),
  TOUCHSTONE_ADMIN_PASSWORD: optional(z.string().min(10)),
  TOUCHSTONE_METRICS_TOKEN: optional(z.string()),
  DATABASE_URL: optional(z.string()),
  REDIS_URL: optional(z.string()),
});

export interface StartEnvironment {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** Absolute; where runs and models keep their files. */
  filesDir: string;
  secret: string | undefined;
  adminEmail: string;
  adminPassword: string | undefined;
  /** With which metrics are read from elsewhere than this machine. */
  metricsToken: string | undefined;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
}

/**
 * The one look at the environment. Relative folders are taken from the checkout.
 *
 * @throws StackError naming each variable at fault.
 */
export function parseEnvironment(env: NodeJS.ProcessEnv, root: string): StartEnvironment {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new StackError(`The environment does not fit:\n${faults.join("\n")}`);
  }
  const values = parsed.data;
  const dataDir = resolve(root, values.TOUCHSTONE_DATA_DIR);
  return {
    port: values.TOUCHSTONE_PORT,
    host: values.TOUCHSTONE_HOST,
    dataDir,
    filesDir: values.TOUCHSTONE_FILES_DIR ? resolve(root, values.TOUCHSTONE_FILES_DIR) : resolve(dataDir, "files"),
    secret: values.TOUCHSTONE_SECRET,
    adminEmail: values.TOUCHSTONE_ADMIN_EMAIL,
    adminPassword: values.TOUCHSTONE_ADMIN_PASSWORD,
    metricsToken: values.TOUCHSTONE_METRICS_TOKEN,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
  };
}
