import { plainName } from "./tus.ts";

/** What a fetched file is called: as its sender says (RFC 6266), or else as the last part of the address. */
export function fileNameOf(disposition: string | undefined, address: string): string {
  return plainName(extendedName(disposition) ?? givenName(disposition) ?? decoded(new URL(address).pathname));
}

/** `filename*=UTF-8''…` (RFC 8187), which stands above the other where both are there. */
function extendedName(disposition = ""): string | undefined {
  const [, value] = /(?:^|;)\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  return value === undefined ? undefined : decoded(value);
}

function givenName(disposition = ""): string | undefined {
  const quoted = /(?:^|;)\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replaceAll(/\\(.)/g, "$1");
  return quoted ?? /(?:^|;)\s*filename\s*=\s*([^;\s"]+)/i.exec(disposition)?.[1];
}

/** As it stands, where it is no encoding of a text. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
