import { DomainError, refused } from "@touchstone/contracts";
import { errors } from "undici";

/** What went wrong on the way, by undici's and Node's codes; whatever else has a code of the system. */
const faults: Record<string, (host: string, detail: string) => DomainError> = {
  UND_ERR_CONNECT_TIMEOUT: (host) => refused("outgoingSlowConnection", { host }),
  UND_ERR_HEADERS_TIMEOUT: (host) => refused("outgoingSlowAnswer", { host }),
  UND_ERR_BODY_TIMEOUT: (host) => refused("outgoingStalled", { host }),
  UND_ERR_SOCKET: (host) => refused("outgoingBrokeOff", { host }),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (host) => refused("outgoingBrokeOff", { host }),
  UND_ERR_ABORTED: (host) => refused("outgoingBrokeOff", { host }),
  UND_ERR_HEADERS_OVERFLOW: (host) => refused("outgoingNotHttp", { host }),
  // undici takes it for granted that a status is one, and throws this where it is not.
  ERR_ASSERTION: (host) => refused("outgoingNotHttp", { host }),
  ECONNRESET: (host) => refused("outgoingBrokeOff", { host }),
  EPIPE: (host) => refused("outgoingBrokeOff", { host }),
};

function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}

/** The named reason for an error of a request to `host`; one that has its name keeps it, as does whatever a caller aborted with. */
export function faultOf(error: unknown, host: string): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  const known = faults[code];
  if (known !== undefined) return known(host, code);
  if (error instanceof errors.HTTPParserError) return refused("outgoingNotHttp", { host });
  if (/^(?:Z_|ERR_(?:PADDING|BROTLI)|ERR__ERROR)/.test(code)) return refused("outgoingDamaged", { host });
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return refused("outgoingCertificate", { host, detail: code });
  if (/^E[A-Z]+$/.test(code)) return refused("outgoingUnreachable", { host, detail: code });
  return error;
}
