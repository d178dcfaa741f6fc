import { pipeline, type Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { refused } from "@touchstone/contracts";
import { faultOf } from "./faults.ts";

const decoders = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What `decoded` can take: sent as accept-encoding. */
export const acceptedEncodings = "gzip, deflate, br";

/** More than two codings on each other nobody sends; each could multiply what the one before it gives. */
const mostEncodings = 2;

function isKnown(name: string): name is keyof typeof decoders {
  return Object.hasOwn(decoders, name);
}

/** @throws DomainError for an encoding that was not asked for and can't be read. */
function decodersOf(encoding: string, host: string) {
  const names = encoding
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > mostEncodings) throw refused("outgoingEncoding", { host, encoding });
  return names.reverse().map((name) => {
    if (!isKnown(name)) throw refused("outgoingEncoding", { host, encoding });
    return decoders[name]();
  });
}

/**
 * A body as its sender meant it: unpacked while it is read, and never more than `most` bytes of that.
 *
 * @returns a stream that errors with a named reason, and lets go of its connection however it ends.
 */
export function decoded(raw: Readable, encoding: string, { host, most }: { host: string; most: number }): Readable {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, passOn) {
      bytes += chunk.length;
      if (bytes > most) passOn(refused("outgoingTooLarge", { host, limit: most }));
      else passOn(null, chunk);
    },
    destroy(error, closed) {
      const fault = error === null ? null : faultOf(error, host);
      closed(fault instanceof Error ? fault : error);
    },
  });
  // Whoever ends this reading early ends the others too; what went wrong is told by the stream itself.
  pipeline([raw, ...decodersOf(encoding, host), counted], () => {});
  return counted;
}
