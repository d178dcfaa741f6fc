type Environment = Readonly<Record<string, string | undefined>>;

/** Below this a secret can be guessed; 32 characters of base64 carry 192 bits. */
const shortestSecret = 32;
const shortestPassword = 12;

/** What examples, tutorials and images ship with; a secret that holds one of these was never chosen. */
const samples = [
  "change-me",
  "changeme",
  "change_me",
  "example",
  "sample",
  "your-secret",
  "password",
  "postgres",
  "secret",
];

/**
 * Refuses to run in production (NODE_ENV=production) with secrets that anyone could know. Call at boot, before
 * anything listens.
 *
 * @throws Error naming every variable at fault and how to mend it.
 */
export function assertProductionSecrets(env: Environment): void {
  if (env.NODE_ENV !== "production") return;
  const faults = [faultOfSecret(env.TOUCHSTONE_SECRET), faultOfDatabase(env.DATABASE_URL)].filter(
    (fault) => fault !== undefined,
  );
  if (faults.length > 0) throw new Error(`Touchstone does not start with unsafe secrets:\n  ${faults.join("\n  ")}`);
}

function faultOfSecret(secret: string | undefined): string | undefined {
  const cure = "Make one with: openssl rand -base64 32";
  if (!secret) return `TOUCHSTONE_SECRET is missing. ${cure}`;
  if (secret.length < shortestSecret) {
    return `TOUCHSTONE_SECRET is shorter than ${shortestSecret} characters. ${cure}`;
  }
  if (isSample(secret) || new Set(secret).size < 8) return `TOUCHSTONE_SECRET is a sample, not a secret. ${cure}`;
  return undefined;
}

/** On the same machine the password guards nothing that a neighbouring process could not reach otherwise. */
function faultOfDatabase(url: string | undefined): string | undefined {
  if (!url) return "DATABASE_URL is missing.";
  if (!URL.canParse(url)) return "DATABASE_URL is not a URL (postgresql://user:password@host:5432/database).";
  const { hostname, password } = new URL(url);
  if (["", "localhost", "127.0.0.1", "[::1]"].includes(hostname)) return undefined;
  if (password === "") return "DATABASE_URL has no password.";
  if (password.length < shortestPassword)
    return `The password in DATABASE_URL is shorter than ${shortestPassword} characters.`;
  return isSample(decodeURIComponent(password)) ? "The password in DATABASE_URL is a sample, not a secret." : undefined;
}

/** A random secret of 43 characters holds one of these words by chance less than once in ten million. */
function isSample(value: string): boolean {
  const lower = value.toLowerCase();
  return samples.some((sample) => lower.includes(sample));
}
