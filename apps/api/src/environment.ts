import { assertProductionSecrets } from "@touchstone/contracts";
import { type OpenNetwork, OutgoingAllow } from "@touchstone/outgoing";
import { z } from "zod";
import { Hosts, TrustProxy } from "./environment-networks.ts";

const hostOf = (url: string | undefined): string[] => (url === undefined ? [] : [new URL(url).hostname]);

/** An empty variable, as compose files leave them, counts as unset. */
const unset = (value: unknown) => (value === "" ? undefined : value);
const optionalUrl = z.preprocess(unset, z.url().optional());

const Variables = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  TOUCHSTONE_SECRET: z.preprocess(unset, z.string().min(32, { error: "must have at least 32 characters" })),
  TOUCHSTONE_HOST: z.preprocess(unset, z.string().default("127.0.0.1")),
  TOUCHSTONE_PORT: z.preprocess(unset, z.coerce.number().int().min(0).max(65_535).default(3000)),
  TOUCHSTONE_WEB_URL: optionalUrl,
  TOUCHSTONE_PUBLIC_URL: optionalUrl,
  TOUCHSTONE_TRUST_PROXY: z.preprocess(unset, TrustProxy),
  TOUCHSTONE_HOSTS: z.preprocess(unset, Hosts),
  TOUCHSTONE_OUTGOING_ALLOW: z.preprocess(unset, OutgoingAllow),
  TOUCHSTONE_DB_CONNECTIONS: z.preprocess(unset, z.coerce.number().int().min(3).max(500).default(20)),
  TOUCHSTONE_METRICS_TOKEN: z.preprocess(
    unset,
    z.string().min(16, { error: "must have at least 16 characters" }).optional(),
  ),
  TOUCHSTONE_REQUESTS_PER_MINUTE: z.preprocess(unset, z.coerce.number().int().min(10).default(3_000)),
  TOUCHSTONE_EXPORT_IDLE_SECONDS: z.preprocess(unset, z.coerce.number().int().min(1).max(3_600).default(60)),
  TOUCHSTONE_FILES_DIR: z.preprocess(unset, z.string().default(".touchstone/files")),
  TOUCHSTONE_MEDIA_BYTES: z.preprocess(
    unset,
    z.coerce
      .number()
      .int()
      .min(1)
      .default(10 * 2 ** 30),
  ),
  TOUCHSTONE_SPOOL_BYTES: z.preprocess(
    unset,
    z.coerce
      .number()
      .int()
      .min(1)
      .default(20 * 2 ** 30),
  ),
  TOUCHSTONE_SPOOL_HOURS: z.preprocess(unset, z.coerce.number().positive().max(8_760).default(72)),
  TOUCHSTONE_IMPORT_FOLDER: z.preprocess(unset, z.string().optional()),
  LOG_LEVEL: z.preprocess(
    unset,
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  ),
});

export interface Environment {
  databaseUrl: string;
  databaseConnections: number;
  redisUrl: string;
  /** Keys the hashes under which e-mail addresses are counted in Redis. */
  secret: string;
  host: string;
  port: number;
  /** Where Next listens; without it this process serves the API alone. */
  webUrl: string | undefined;
  /** Whether the pages have sockets of their own: Next's, in development. */
  pageSockets: boolean;
  /** Origin under which people see us, where it differs from the Host header that reaches us. */
  publicOrigin: string | undefined;
  /** Whose X-Forwarded-* headers to believe: so many proxies, or those at these addresses. */
  trustProxy: number | string | false;
  /** Names under which we may be asked, beside those that are nobody else's. */
  hosts: readonly string[];
  /** What of the own network may be asked when people name addresses. */
  outgoingAllow: OpenNetwork;
  /** Whoever reads the metrics from elsewhere than this machine sends it; without it, nobody does. */
  metricsToken: string | undefined;
  requestsPerMinute: number;
  /** Whoever takes nothing of an answer for so long is cut off. */
  exportIdleMs: number;
  /** A body has to arrive within this time, and one that is streamed has to go on arriving. */
  bodyMs: number;
  /** An upgrade has to be settled within this time. */
  upgradeMs: number;
  /** Where pictures and sounds lie, as in the worker's environment: both need the same folder. */
  filesDir: string;
  /** What a workspace's pictures and sounds may take. */
  mediaBytes: number;
  /** What the files of a workspace may take that wait to be imported. */
  spoolBytes: number;
  /** How long one of them stays that nobody uses. */
  spoolMs: number;
  /** A folder of this machine to import from. */
  importFolder: string | undefined;
  logLevel: string;
}

/**
 * The one look at the environment.
 *
 * @throws Error naming each variable at fault; in production also for secrets that anyone could know.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  assertProductionSecrets(env);
  const parsed = Variables.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment does not fit:\n${faults.join("\n")}`);
  }
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.TOUCHSTONE_DB_CONNECTIONS,
    redisUrl: values.REDIS_URL,
    secret: values.TOUCHSTONE_SECRET,
    host: values.TOUCHSTONE_HOST,
    port: values.TOUCHSTONE_PORT,
    webUrl: values.TOUCHSTONE_WEB_URL,
    pageSockets: values.NODE_ENV === "development",
    publicOrigin: values.TOUCHSTONE_PUBLIC_URL && new URL(values.TOUCHSTONE_PUBLIC_URL).origin,
    trustProxy: values.TOUCHSTONE_TRUST_PROXY,
    hosts: [...values.TOUCHSTONE_HOSTS, ...hostOf(values.TOUCHSTONE_PUBLIC_URL)],
    outgoingAllow: values.TOUCHSTONE_OUTGOING_ALLOW,
    metricsToken: values.TOUCHSTONE_METRICS_TOKEN,
    bodyMs: 30_000,
    upgradeMs: 10_000,
    requestsPerMinute: values.TOUCHSTONE_REQUESTS_PER_MINUTE,
    exportIdleMs: values.TOUCHSTONE_EXPORT_IDLE_SECONDS * 1000,
    filesDir: values.TOUCHSTONE_FILES_DIR,
    mediaBytes: values.TOUCHSTONE_MEDIA_BYTES,
    spoolBytes: values.TOUCHSTONE_SPOOL_BYTES,
    spoolMs: values.TOUCHSTONE_SPOOL_HOURS * 3_600_000,
    importFolder: values.TOUCHSTONE_IMPORT_FOLDER,
    logLevel: values.LOG_LEVEL,
  };
}
