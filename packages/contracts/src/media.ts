import { z } from "zod";
import { longestMediaName, mediaTypeNames } from "./media-types.ts";

/**
 * A picture or a sound in a prompt or in an answer. The file itself is at `/api/media/ID`. It is called by what its bytes
 * are found to be, never by what somebody said of it.
 */
export const MediaRef = z.strictObject({
  id: z.uuid(),
  kind: z.enum(["image", "audio"]),
  type: z.enum(mediaTypeNames),
  name: z.string().min(1).max(longestMediaName),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(1),
  /** Of an image, in pixels as stored; where they are not known, the page finds them out. */
  width: z.number().int().min(1).optional(),
  height: z.number().int().min(1).optional(),
  /** How long a sound is, where its header says so. */
  seconds: z.number().min(0).optional(),
  /** What it shows, for who cannot see it. */
  alt: z.string().min(1).max(2_000).optional(),
});
export type MediaRef = z.infer<typeof MediaRef>;

/** What one turn or one answer can hold. */
export const mostMedia = 20;
export const MediaRefs = z.array(MediaRef).min(1).max(mostMedia);

/** A file of a project, and how many prompts and answers show it. */
export const MediaView = MediaRef.omit({ alt: true }).extend({ uses: z.number().int() });
export type MediaView = z.infer<typeof MediaView>;
