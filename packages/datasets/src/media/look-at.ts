import {
  claimedMediaType,
  largestMediaBytes,
  type MediaReason,
  type MediaType,
  mediaTypeOfName,
} from "@touchstone/contracts";
import { ByteView } from "./byte-view.ts";
import { type ImageSize, type ReadImage, readAvif, readGif, readJpeg, readPng, readWebp } from "./images.ts";
import { type ReadSound, readFlac, readM4a, readMp3, readOgg, readWav, type SoundLength } from "./sounds.ts";

/** What a file was found to be by its content. */
export interface MediaLook extends ImageSize, SoundLength {
  readonly type: MediaType;
}

/** Why a file is not taken, with every value that a sentence of these reasons names. */
export interface MediaFault {
  readonly reason: MediaReason;
  readonly values: {
    readonly name: string;
    readonly said: string;
    readonly found: string;
    readonly limit: number;
  };
}

/** A browser holds four bytes a pixel: 64 million are 256 MB. Cameras of today make up to 60 million. */
const mostPixels = 64_000_000;

/**
 * What a file is by its content, which alone counts; whoever claims another type, by a header or by the ending of a name, is
 * told. What has the beginning of a type and not its end is refused, and so is a picture that would fill a browser's memory.
 *
 * @param claim the type under which it was sent; none, or application/octet-stream, claims nothing.
 */
export function lookAtMedia(bytes: Uint8Array, name: string, claim?: string): MediaLook | MediaFault {
  const fault = (reason: MediaReason, more: Partial<MediaFault["values"]> = {}): MediaFault => ({
    reason,
    values: { name, said: claim ?? "", found: "", limit: 0, ...more },
  });
  if (bytes.length > largestMediaBytes) return fault("mediaTooLarge", { limit: largestMediaBytes });
  const view = new ByteView(bytes);
  const type = typeOf(view);
  if (type === null) return fault(looksLikeSvg(view) ? "mediaSvg" : "mediaUnknown");
  if (claim !== undefined && claim !== "application/octet-stream" && claimedMediaType(claim) !== type) {
    return fault("mediaLies", { found: type });
  }
  const named = mediaTypeOfName(name);
  if (named !== undefined && named !== type) return fault("mediaMisnamed", { said: named, found: type });
  const read = readToEnd(readers[type], view);
  if (read === null) return fault("mediaBroken", { found: type });
  const { width = 1, height = 1 } = read;
  if (width * height === 0) return fault("mediaBroken", { found: type });
  if (width * height > mostPixels) return fault("mediaTooManyPixels", { limit: mostPixels });
  return { type, ...read };
}

const readers = {
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/webp": readWebp,
  "image/gif": readGif,
  "image/avif": readAvif,
  "audio/ogg": readOgg,
  "audio/mpeg": readMp3,
  "audio/wav": readWav,
  "audio/flac": readFlac,
  "audio/mp4": readM4a,
} satisfies Record<MediaType, ReadImage | ReadSound>;

/** By the first bytes of the file. */
function typeOf(view: ByteView): MediaType | null {
  const start = view.text(0, 12);
  const [four, inside] = [start.slice(0, 4), start.slice(8, 12)];
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "image/gif";
  if (four === "RIFF" && inside === "WEBP") return "image/webp";
  if (four === "RIFF" && inside === "WAVE") return "audio/wav";
  if (four === "OggS") return "audio/ogg";
  if (four === "fLaC") return "audio/flac";
  if (start.slice(4, 8) === "ftyp") return typeOfBrand(inside);
  if (start.startsWith("ID3") || (view.length > 1 && (view.u16(0) & 0xffe6) === 0xffe2)) return "audio/mpeg";
  return null;
}

/** The major brand of an ISO base media file; those of MP4 may hold a film, which `readM4a` looks for. */
function typeOfBrand(brand: string): MediaType | null {
  if (brand === "avif" || brand === "avis") return "image/avif";
  return ["M4A ", "M4B ", "mp42", "mp41", "isom", "iso2", "iso5", "iso6", "dash"].includes(brand) ? "audio/mp4" : null;
}

/** The tag may stand behind a declaration, a doctype and comments. */
function looksLikeSvg(view: ByteView): boolean {
  return /<svg[\s>]/i.test(view.text(0, 4_096));
}

/** Numbers that lead out of the file are its end, come too early. */
function readToEnd(read: ReadImage | ReadSound, view: ByteView): (ImageSize & SoundLength) | null {
  try {
    return read(view);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
