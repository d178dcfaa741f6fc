import { createHmac, timingSafeEqual } from "node:crypto";

/** What a pass opens: one file of one set, until a moment, in the name of whoever asked for it. */
export interface SignedFor {
  readonly labelSetId: string;
  readonly name: string;
  readonly memberId: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** `EXPIRES.MEMBER.SIGNATURE`: the path beside it is signed too, so that it opens nothing else. */
export function passOf(secret: string, signed: SignedFor): string {
  return `${signed.expires}.${signed.memberId}.${signatureOf(secret, signed).toString("base64url")}`;
}

/** Whom a pass was made for; null where it is none of ours, is for another file, or has expired. */
export function memberOfPass(
  secret: string,
  pass: string,
  file: { readonly labelSetId: string; readonly name: string },
  now = Date.now(),
): string | null {
  const [, expires, memberId = "", given = ""] = /^(\d{1,12})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(pass) ?? [];
  if (expires === undefined) return null;
  const expected = signatureOf(secret, { ...file, memberId, expires: Number(expires) });
  // Compared in a time that tells nothing of how much of it was right.
  if (!timingSafeEqual(expected, Buffer.from(given, "base64url"))) return null;
  return Number(expires) * 1000 > now ? memberId : null;
}

function signatureOf(secret: string, { labelSetId, name, memberId, expires }: SignedFor): Buffer {
  // The words before keep it apart from whatever else is signed with the same secret.
  const text = ["signed file", labelSetId, name, memberId, expires].join("\n");
  return createHmac("sha256", secret).update(text).digest();
}
