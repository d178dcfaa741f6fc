import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, url-safe: what is handed out once and can never be guessed. */
export function newSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** What is stored in place of a secret. It has full entropy, so one fast hash is enough; passwords get argon2. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
