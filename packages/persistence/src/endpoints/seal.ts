import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { refused } from "@touchstone/contracts";

/** So that a later way to seal can be told from this one. */
const form = "v1";
const cipherName = "aes-256-gcm";

/** Whose key it is; sealed with it, so that one row's key is of no use in another's. */
export interface KeyOwner {
  readonly workspaceId: string;
  readonly endpointId: string;
}

/** 256 bits from the installation's secret for this purpose alone (HKDF, RFC 5869). */
function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "touchstone endpoint keys v1", 32));
}

const ownerBytes = ({ workspaceId, endpointId }: KeyOwner) => Buffer.from(`${workspaceId}\n${endpointId}`);

/** An API key as it is kept: `v1.nonce.tag.text`, each in base64url, by AES-256-GCM. */
export function sealKey(secret: string, owner: KeyOwner, key: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(cipherName, sealingKey(secret), nonce).setAAD(ownerBytes(owner));
  const sealed = Buffer.concat([cipher.update(key, "utf8"), cipher.final()]);
  return [form, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
}

/** @throws DomainError endpointKeyUnreadable: sealed with another secret, for another endpoint, or damaged. */
export function openKey(secret: string, owner: KeyOwner, sealed: string): string {
  const [version, nonce = "", tag = "", text = ""] = sealed.split(".");
  if (version !== form) throw refused("endpointKeyUnreadable");
  try {
    const decipher = createDecipheriv(cipherName, sealingKey(secret), Buffer.from(nonce, "base64url"), {
      authTagLength: 16,
    });
    decipher.setAAD(ownerBytes(owner)).setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
  } catch {
    // What the cipher says is not passed on: it may hold a part of what it was given.
    throw refused("endpointKeyUnreadable");
  }
}
