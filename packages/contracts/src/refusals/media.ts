import { mediaReasons } from "../media-reasons.ts";
import { coded, type Refusals } from "./shape.ts";

/** Why a request is refused, of pictures and sounds. */
export const mediaRefusals = {
  ...coded("invalid_value", mediaReasons),
  mediaNameTaken: [
    "conflict",
    "Another file of this project is called “{name}” already, and rows name files by their names. Rename this one.",
  ],
  mediaQuota: [
    "body_too_large",
    "The pictures and sounds of this workspace take {used} of {limit} bytes, and {bytes} more do not fit. Delete files that nothing uses, or ask whoever runs this installation for more room.",
  ],
  mediaTooMany: [
    "conflict",
    "This project has as many pictures and sounds as it may ({limit}). Delete some that nothing uses.",
  ],
  mediaInUse: [
    "conflict",
    "Prompts or answers show this file ({count}), so it was not deleted. Undo the import that brought them first.",
  ],
  mediaUploadBrokeOff: ["invalid_request", "The upload broke off; nothing was kept."],
  tooManyUploads: [
    "too_many_requests",
    "As many files of this workspace are being uploaded as may be at once ({limit}). Try again when one of them is done.",
  ],
  mediaTooLarge: ["body_too_large", mediaReasons.mediaTooLarge],
} as const satisfies Refusals;
