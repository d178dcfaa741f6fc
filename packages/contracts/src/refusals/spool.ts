import type { Refusals } from "./shape.ts";

/** Why a request is refused, of files that were brought for imports, by upload, from an address or a folder. */
export const spoolRefusals = {
  uploadLengthNeeded: ["invalid_request", "Say how many bytes the file has, in the header Upload-Length."],
  uploadOffsetNeeded: ["invalid_request", "Say from which byte on the file is sent, in the header Upload-Offset."],
  tusVersion: [
    "version_unsupported",
    "Uploads go by version {version} of the tus protocol: send it in the header Tus-Resumable.",
  ],
  uploadElsewhere: ["conflict", "This upload stands at byte {offset}. Ask for it, and send the file on from there."],
  uploadTakenOver: [
    "conflict",
    "The same upload is sent on by another connection, so this one was left. It stands at byte {offset}.",
  ],
  uploadWhole: ["conflict", "Only a file that is being sent can be sent on, and this one is no such."],
  uploadBeyond: ["body_too_large", "The file was said to have {limit} bytes, and more came. Begin the upload again."],
  uploadChecksum: [
    "checksum_mismatch",
    "What arrived has another checksum than was sent along, so nothing of it was kept. Send it again.",
  ],
  uploadChecksumKind: [
    "invalid_request",
    "A checksum is given as sha1 or sha256 and the digest in base64, and not as “{given}”.",
  ],
  spoolFull: [
    "body_too_large",
    "The files that wait for imports in this workspace take {used} of {limit} bytes, and {bytes} more do not fit. Remove some, or ask whoever runs this installation for more room.",
  ],
  spooledArriving: [
    "conflict",
    "This file is not there whole yet: {received} bytes have come. Wait for it, or send it on.",
  ],
  spooledFailed: ["conflict", "This file did not arrive, so there is nothing to read. Bring it again."],
  spooledGone: ["not_found", "The bytes of this file are not there any more. Bring it again."],
  spooledNotInBackup: [
    "not_found",
    "This file was waiting when the backup was made that this installation was restored from, and backups do not hold files that wait. Bring it again.",
  ],
  spooledInImport: ["conflict", "This file is being imported. Wait until that has ended, or stop it."],
  spooledStopped: ["conflict", "The fetching of this file was stopped, and nothing of it was kept."],
  downloadRefused: [
    "invalid_value",
    "{host} answered with {status} and not with a file. Look whether the address is that of the file, and whether it asks for an access token.",
  ],
  downloadChanged: ["conflict", "The file at {host} has changed while it was fetched. Fetch it again."],
  tooManyDownloads: [
    "too_many_requests",
    "As many files of this workspace are being fetched as may be at once ({limit}). Try again when one of them is done.",
  ],
  folderUnset: [
    "conflict",
    "No folder of the server is named to import from. Whoever runs this installation names one with {name}.",
  ],
  folderAway: [
    "conflict",
    "The folder that is named to import from is not there or can't be read. Whoever runs this installation looks.",
  ],
  folderNoFile: ["not_found", "There is no file “{name}” in the folder of the server, or it can't be read."],
  folderOutside: ["invalid_value", "“{name}” leads out of the folder of the server, so it is not read."],
  folderFileChanged: ["conflict", "The file “{name}” has changed on the server since it was chosen. Choose it again."],
  spooledIsArchive: [
    "conflict",
    "This file is the copy of a whole project and not rows for one. Bring it under “New project”, or with POST /api/archives/uploaded.",
  ],
} as const satisfies Refusals;
