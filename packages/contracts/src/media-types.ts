/** Every type of file that is shown or played, and the endings of names that say so. Others are refused. */
export const mediaTypes = {
  "image/png": { kind: "image", endings: ["png"], said: [] },
  "image/jpeg": { kind: "image", endings: ["jpg", "jpeg"], said: ["image/jpg", "image/pjpeg"] },
  "image/webp": { kind: "image", endings: ["webp"], said: [] },
  "image/gif": { kind: "image", endings: ["gif"], said: [] },
  "image/avif": { kind: "image", endings: ["avif"], said: [] },
  "audio/ogg": { kind: "audio", endings: ["ogg", "oga", "opus"], said: ["application/ogg", "video/ogg", "audio/opus"] },
  "audio/mpeg": { kind: "audio", endings: ["mp3"], said: ["audio/mp3"] },
  "audio/wav": { kind: "audio", endings: ["wav"], said: ["audio/x-wav", "audio/wave", "audio/vnd.wave"] },
  "audio/flac": { kind: "audio", endings: ["flac"], said: ["audio/x-flac"] },
  "audio/mp4": { kind: "audio", endings: ["m4a"], said: ["audio/x-m4a", "audio/m4a"] },
} as const satisfies Record<string, { kind: "image" | "audio"; endings: readonly string[]; said: readonly string[] }>;

export type MediaType = keyof typeof mediaTypes;
export const mediaTypeNames = Object.keys(mediaTypes).filter(isMediaType);

function isMediaType(type: string): type is MediaType {
  return Object.hasOwn(mediaTypes, type);
}

/** The type that somebody claims under this name, one of ours or one of its other names; undefined for any other. */
export function claimedMediaType(said: string): MediaType | undefined {
  return mediaTypeNames.find((type) => type === said || mediaTypes[type].said.some((name) => name === said));
}

/** The type that the ending of a name claims; undefined where it claims none of ours. */
export function mediaTypeOfName(name: string): MediaType | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return mediaTypeNames.find((type) => mediaTypes[type].endings.some((known) => known === ending));
}

export const longestMediaName = 200;
/** A photograph of a large camera, a quarter of an hour of MP3. */
export const largestMediaBytes = 25 * 2 ** 20;
