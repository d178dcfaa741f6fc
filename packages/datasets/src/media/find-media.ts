import { createHash } from "node:crypto";
import { type MediaRef, type MediaType, mediaTypeOfName, mediaTypes } from "@touchstone/contracts";
import { isObject } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { lookAtMedia } from "./look-at.ts";
import { mediaId } from "./media-id.ts";

/** The files that rows can name: those of the project that the rows go to. */
export class KnownMedia {
  readonly projectId: string;
  readonly #byName: ReadonlyMap<string, MediaRef>;
  readonly #byContent: ReadonlyMap<string, MediaRef>;

  /** @param refs each file under each of its names. */
  constructor(projectId: string, refs: readonly MediaRef[]) {
    this.projectId = projectId;
    this.#byName = new Map(refs.map((ref) => [ref.name, ref]));
    this.#byContent = new Map(refs.map((ref) => [ref.sha256, ref]));
  }

  named = (name: string): MediaRef | undefined => this.#byName.get(name);
  withContent = (sha256: string): MediaRef | undefined => this.#byContent.get(sha256);
}

/** A file that its row holds itself. */
export interface EmbeddedMedia {
  readonly ref: MediaRef;
  readonly bytes: Uint8Array;
}

/** Whether a value that stands under a name of ours is meant as a file; else it is a column like others. */
export function isFileLike(value: unknown, known: KnownMedia): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((entry) => isFileLike(entry, known));
  if (isObject(value)) return ["name", "url", "sha256"].some((name) => typeof value[name] === "string");
  if (typeof value !== "string") return false;
  return /^data:/i.test(value) || mediaTypeOfName(value) !== undefined || known.named(value) !== undefined;
}

/** Where an entry stands, for what is said of it. */
export interface Place {
  readonly line: number;
  readonly path: string;
}

/**
 * The file that an entry of a row means: a name, a data URL, or an object with one of both, as our own exports and the
 * parts of chats have it. Nothing is fetched from elsewhere.
 *
 * @throws DomainError invalid_line
 */
export function findMedia(entry: unknown, known: KnownMedia, at: Place): MediaRef | EmbeddedMedia {
  if (typeof entry === "string") return byText(entry, known, at);
  if (!isObject(entry)) throw lineProblem(at.line, at.path, "mediaEntry");
  const { sha256, alt } = entry;
  const same = typeof sha256 === "string" ? known.withContent(sha256) : undefined;
  const said = [entry.name, entry.url, entry.data].find((value) => typeof value === "string" && value !== "");
  if (same === undefined && typeof said !== "string") throw lineProblem(at.line, at.path, "mediaEntry");
  const found = same ?? byText(String(said), known, at);
  const words = typeof alt === "string" && alt.trim() !== "" ? { alt: alt.trim().slice(0, 2_000) } : {};
  return "ref" in found ? { ...found, ref: { ...found.ref, ...words } } : { ...found, ...words };
}

function byText(text: string, known: KnownMedia, at: Place): MediaRef | EmbeddedMedia {
  if (/^data:/i.test(text)) return embedded(text, known, at);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw lineProblem(at.line, at.path, "mediaElsewhere", { name: shortened(text) });
  }
  // Files of a folder are uploaded by their names: the folders before one are whoever made the rows'.
  const found = known.named(text) ?? known.named(text.slice(text.lastIndexOf("/") + 1));
  if (found) return found;
  throw lineProblem(at.line, at.path, "mediaNotThere", { name: shortened(text) });
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

function embedded(url: string, known: KnownMedia, at: Place): EmbeddedMedia | MediaRef {
  const comma = url.indexOf(",");
  const [type = "", ...flags] = url.slice("data:".length, comma).split(";");
  const base64 = url.slice(comma + 1);
  if (comma < 0 || flags.at(-1)?.trim().toLowerCase() !== "base64" || !/^[A-Za-z0-9+/_\s-]*={0,2}\s*$/.test(base64)) {
    throw lineProblem(at.line, at.path, "mediaData");
  }
  const bytes = Buffer.from(base64, "base64");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const look = lookAtMedia(bytes, "data URL", type.trim().toLowerCase() || undefined);
  if ("reason" in look) throw lineProblem(at.line, at.path, look.reason, look.values);
  return known.withContent(sha256) ?? { bytes, ref: refOf(known.projectId, sha256, bytes.length, look) };
}

function refOf(projectId: string, sha256: string, bytes: number, look: { readonly type: MediaType }): MediaRef {
  const { kind, endings } = mediaTypes[look.type];
  const name = `embedded-${sha256.slice(0, 12)}.${endings[0]}`;
  return { id: mediaId(projectId, sha256), kind, name, sha256, bytes, ...look };
}
