import type { MediaRef, Message } from "@touchstone/contracts";

/** Pictures and sounds as exports name them: by id, name and content, with the path that gives the file. */
export function exportedMedia(media: readonly MediaRef[]) {
  return media.map((ref) => ({ ...ref, path: `/api/media/${ref.id}` }));
}

/** The turns of a prompt as they are, and of those with files where each is. */
export function exportedTurns(messages: readonly Message[]) {
  return messages.map((message) =>
    message.media === undefined ? message : { ...message, media: exportedMedia(message.media) },
  );
}

/** The same beside whatever has a text. */
export const withFiles = (media: readonly MediaRef[] | undefined) =>
  media === undefined ? {} : { media: exportedMedia(media) };
