import type { Refusals } from "./shape.ts";

/** Why a request is refused, of a whole project as one file. */
export const archiveRefusals = {
  archiveWaiting: [
    "conflict",
    "The copy of the project is not written yet: it waits for a worker. Ask again in {seconds} s; until then there is nothing to download.",
  ],
  archiveWorking: [
    "conflict",
    "The copy of the project is being written (rows so far: {rows}). Ask again in {seconds} s; until then there is nothing to download.",
  ],
  archiveFailed: [
    "conflict",
    "The copy of the project could not be written. Ask for it again in the project’s settings; the worker’s log has the details.",
  ],
  archiveRemoved: [
    "conflict",
    "The copy of the project was removed, as something in it was deleted or erased since. Ask for it again in the project’s settings.",
  ],
  archiveLost: [
    "unavailable",
    "Its worker died {count} times while it was at it. Look at the worker’s log, then try again.",
  ],
  archiveNotTaken: [
    "internal",
    "The archive could not be brought in, and nothing of it was kept. The worker’s log has the details; try again.",
  ],
  archiveTooLarge: [
    "body_too_large",
    "The archive is larger than is taken here ({limit} bytes). Have that raised on the server, then bring it again.",
  ],
  tooManyArchives: [
    "too_many_requests",
    "As many archives of this workspace wait to be worked on as may at once ({limit}). Try again when some are done.",
  ],
  archiveDamaged: [
    "invalid_value",
    "The file is no whole zip archive: it is cut off, damaged or encrypted. Take another copy of it.",
  ],
  archiveTooManyFiles: [
    "conflict",
    "The project has more pictures, sounds and files of models ({count}) than one archive takes ({limit}). A backup of the installation (npm run backup) takes them all.",
  ],
  archiveForeign: [
    "invalid_value",
    "The file is no copy of a project: {name} in it is missing or can’t be read. Bring the file that “Copy of the whole project” made, as it was downloaded.",
  ],
  archiveNewer: [
    "version_unsupported",
    "The archive was made by a newer Touchstone ({version}), and this one can’t read it without loss: {name}. Bring this installation to that version first.",
  ],
  archiveUnknownPart: [
    "invalid_value",
    "The archive has a part that is not on its list: {name}. Somebody has changed the file; take another copy of it.",
  ],
  archivePartMissing: [
    "invalid_value",
    "A part on the archive’s list is not in it: {name}. The file was changed or cut off; take another copy of it.",
  ],
  archivePartChanged: [
    "checksum_mismatch",
    "A part of the archive is not what its list says: {name} has another length or SHA-256. The file was changed or damaged on the way; take another copy of it.",
  ],
  archiveProjectThere: [
    "conflict",
    "The project “{name}” is here already, and an archive keeps all ids. Delete that project for good first, or bring the archive to another installation.",
  ],
  archiveProjectGoing: [
    "conflict",
    "The project of this archive is being deleted here. Bring the archive again when that is done.",
  ],
  archiveElsewhere: [
    "conflict",
    "The project of this archive is here already, in another workspace of this installation. Delete it there for good first, or bring the archive to another installation.",
  ],
  archiveIdsTaken: [
    "conflict",
    "Rows of “{name}” have ids that are taken here already, as in another workspace of this installation. An archive keeps all ids: bring it to the workspace that it came from, or to another installation.",
  ],
  archiveRowOutside: [
    "invalid_value",
    "A row of “{name}” belongs to something that is not in the archive ({detail}). The file was changed; take another copy of it.",
  ],
  archiveRowUnread: [
    "invalid_value",
    "A row of “{name}” can’t be taken: {detail}. The file was changed; take another copy of it.",
  ],
  archiveEnded: [
    "conflict",
    "This archive is done with: its project is made, or it was refused. There is nothing to stop.",
  ],
} as const satisfies Refusals;
