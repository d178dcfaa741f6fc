/**
 * Why a file is not taken as a picture or a sound: an upload is refused for it, and so is a line of an import that brings
 * such a file along.
 */
export const mediaReasons = {
  mediaUnknown:
    "“{name}” is no picture or sound that can be shown here: its content is none of PNG, JPEG, WebP, GIF, AVIF, Ogg, MP3, WAV, FLAC and M4A. Save it as one of these.",
  mediaSvg: "“{name}” is an SVG, which can hold programs, so it is not taken. Save it as PNG or WebP.",
  mediaBroken:
    "“{name}” begins as {found} and has no end: it was cut off or is damaged. Send the whole file, or save it anew.",
  mediaLies: "“{name}” is said to be {said}, and its content is {found}. Send it as what it is.",
  mediaMisnamed: "“{name}” is called as {said} is, and its content is {found}. Give it the ending of what it is.",
  mediaTooLarge: "“{name}” has more than {limit} bytes. Save it smaller, or cut it.",
  mediaTooManyPixels:
    "“{name}” would have more pixels when it is shown than fit ({limit}), by what its header says. Save it smaller.",
} as const;

export type MediaReason = keyof typeof mediaReasons;
